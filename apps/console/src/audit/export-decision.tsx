import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { ReasonDialog } from '../person/reason-dialog';
import { useWords } from '../words/language';
import { exportPath, type PersonalExportDetail } from './exports';

interface ExportDecisionProps {
  readonly one: PersonalExportDetail;
}

/** Approval and refusal, never by who asked; everybody else learns what it waits for. */
export function ExportDecision({ one }: ExportDecisionProps): ReactNode {
  const { w } = useWords();
  const { can, accountId } = useAccount();
  const [asking, setAsking] = useState<'approval' | 'refusal'>();
  if (!can('exports:approve')) return <Notice tone="amber">{w.audit.waiting}</Notice>;
  if (one.requestedBy.split(':')[1] === accountId) return <Notice tone="amber">{w.audit.ownRequest}</Notice>;
  const close = (): void => setAsking(undefined);
  return (
    <Group gap={8}>
      <Button onClick={() => setAsking('approval')}>{w.audit.approve}</Button>
      <Button variant="default" onClick={() => setAsking('refusal')}>
        {w.audit.refuse}
      </Button>
      {asking === 'approval' && <ApprovalDialog one={one} onClose={close} />}
      {asking === 'refusal' && <RefusalDialog one={one} onClose={close} />}
    </Group>
  );
}

type DialogProps = ExportDecisionProps & { readonly onClose: () => void };

function useDecision<Said>(
  { one, onClose }: DialogProps,
  step: 'approval' | 'refusal',
  bodyOf: (said: Said) => unknown,
) {
  const queries = useQueryClient();
  return useAct(
    (said: Said, key) => act('POST', `${exportPath(one.exportId)}/${step}`, bodyOf(said), key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['exports'] });
      onClose();
    },
  );
}

function ApprovalDialog({ one, onClose }: DialogProps): ReactNode {
  const { w } = useWords();
  const approving = useDecision<object>({ one, onClose }, 'approval', () => undefined);
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.audit.approveTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <Stack gap="md">
        <p className="e-small" style={{ margin: 0 }}>
          {w.audit.approveText}
        </p>
        {approving.isError && <ProblemNote error={approving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {w.shell.cancel}
          </Button>
          <Button loading={approving.isPending} onClick={() => approving.mutate({})}>
            {w.audit.approve}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function RefusalDialog({ one, onClose }: DialogProps): ReactNode {
  const { w } = useWords();
  const refusing = useDecision<string>({ one, onClose }, 'refusal', (reason) => ({ reason }));
  return (
    <ReasonDialog
      title={w.audit.refuseTitle}
      text={w.audit.refuseText}
      label={w.audit.refuseReason}
      hint={w.audit.refuseReasonHint}
      button={w.audit.refuse}
      busy={refusing.isPending}
      error={refusing.error}
      onSend={(reason) => refusing.mutate(reason)}
      onClose={onClose}
    />
  );
}
