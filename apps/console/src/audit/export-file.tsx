import { Button, Group, Modal, Progress, Stack, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { tokyoDay } from '../words/dates';
import { useWords } from '../words/language';
import { exportPath, type PersonalExportDetail } from './exports';

interface ExportFileProps {
  readonly one: PersonalExportDetail;
}

/** The file: how far it is; then its size, to whom it is given, and taking it. */
export function ExportFile({ one }: ExportFileProps): ReactNode {
  switch (one.standing) {
    case 'approved':
    case 'making':
      return <Making one={one} />;
    case 'made':
    case 'handed-over':
      return <Made one={one} />;
    default:
      return null;
  }
}

function Making({ one: { linesSoFar = 0, failure } }: ExportFileProps): ReactNode {
  const { w, number } = useWords();
  return (
    <section className="e-card" aria-label={w.audit.making}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{w.audit.making}</p>
      <Progress value={100} animated aria-label={w.audit.making} size="md" />
      <p role="status" className="e-small" style={{ margin: '8px 0 0', fontVariantNumeric: 'tabular-nums' }}>
        {w.audit.linesSoFar(number(linesSoFar))}
      </p>
      <p className="e-small e-dim" style={{ margin: '4px 0 0' }}>
        {w.audit.leave}
      </p>
      {failure !== undefined && (
        <div style={{ marginTop: 12 }}>
          <Notice tone="amber" role="alert" title={w.audit.stopped}>
            <p className="e-code">{failure}</p>
          </Notice>
        </div>
      )}
    </section>
  );
}

function Made({ one }: ExportFileProps): ReactNode {
  const { w, number, day } = useWords();
  const { accountId, can } = useAccount();
  const [asking, setAsking] = useState<'hand-over' | 'purge'>();
  const { standing, lines = 0, people = 0, bytes = 0, recipient, fileHash, expiresAt } = one;
  const handedOver = standing === 'handed-over';
  const may = can('exports:approve') || one.requestedBy.split(':')[1] === accountId;
  const size = `${number(Math.max(1, Math.round(bytes / 1024)))} kB`;
  return (
    <section className="e-card" aria-labelledby="file">
      <Title order={2} id="file">
        {w.audit.made}
      </Title>
      <p className="e-small" role="status" style={{ margin: '4px 0 12px' }}>
        {w.audit.madeText(number(lines), number(people), size)}
        {handedOver && ` · ${w.audit.handedOver}`}
      </p>
      <dl className="e-pairs">
        {recipient !== undefined && (
          <>
            <dt>{w.audit.recipient}</dt>
            <dd>{recipient}</dd>
          </>
        )}
        {fileHash !== undefined && (
          <>
            <dt>{w.audit.hash}</dt>
            <dd className="e-code">{fileHash}</dd>
          </>
        )}
        {expiresAt !== undefined && (
          <>
            <dt>{w.audit.expiresAt}</dt>
            <dd>{day(tokyoDay(expiresAt))}</dd>
          </>
        )}
      </dl>
      {may && (
        <Group mt="md" gap={8}>
          {handedOver ? (
            <Button component="a" href={`${exportPath(one.exportId)}/file`} download>
              {w.audit.downloadFile}
            </Button>
          ) : (
            <Button onClick={() => setAsking('hand-over')}>{w.audit.handOver}</Button>
          )}
          <Button variant="default" c="var(--e-red)" onClick={() => setAsking('purge')}>
            {w.audit.purge}
          </Button>
        </Group>
      )}
      {asking === 'hand-over' && <HandOverDialog one={one} onClose={() => setAsking(undefined)} />}
      {asking === 'purge' && <PurgeDialog one={one} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

type DialogProps = ExportFileProps & { readonly onClose: () => void };

/** To whom the file is given; nobody can take it before. */
function HandOverDialog({ one, onClose }: DialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [recipient, setRecipient] = useState('');
  const handing = useAct(
    (said: { readonly recipient: string }, key) =>
      act('POST', `${exportPath(one.exportId)}/hand-over`, said, key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['exports'] });
      onClose();
    },
  );
  const given = recipient.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.audit.handOverTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== '') handing.mutate({ recipient: given });
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.audit.handOverText}
          </p>
          <TextInput
            label={w.audit.recipient}
            value={recipient}
            onChange={({ currentTarget }) => setRecipient(currentTarget.value)}
            required
            maxLength={200}
            autoComplete="off"
            data-autofocus
          />
          {handing.isError && <ProblemNote error={handing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button type="submit" disabled={given === ''} loading={handing.isPending}>
              {w.audit.handOver}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function PurgeDialog({ one, onClose }: DialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const purging = useAct(
    (_: object, key) => act('DELETE', exportPath(one.exportId), undefined, key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['exports'] });
      onClose();
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.audit.purgeTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <Stack gap="md">
        <p className="e-small" style={{ margin: 0 }}>
          {w.audit.purgeText}
        </p>
        {purging.isError && <ProblemNote error={purging.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {w.shell.cancel}
          </Button>
          <Button color="red.9" loading={purging.isPending} onClick={() => purging.mutate({})}>
            {w.audit.purge}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
