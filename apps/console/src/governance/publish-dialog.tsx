import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';

interface PublishDialogProps {
  readonly version: number;
  /** What was looked at: where something changed since, the server refuses. */
  readonly basis: string;
  readonly firstShown: number;
  readonly onDone: (version: number) => void;
  readonly onClose: () => void;
}

/** Says what follows from publishing, before it is done. */
export function PublishDialog({
  version,
  basis,
  firstShown,
  onDone,
  onClose,
}: PublishDialogProps): ReactNode {
  const { w, number } = useWords();
  const queries = useQueryClient();
  const publishing = useAct(
    (said: { readonly basis: string }, key) => act('POST', '/v1/publication', said, key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['governance'] });
      await queries.invalidateQueries({ queryKey: ['purposes'] });
      onClose();
      onDone(version);
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.governance.publishTitle(number(version))}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <Stack gap="md">
        <p className="e-small" style={{ margin: 0 }}>
          {w.governance.publishText}
        </p>
        <p className="e-small" style={{ margin: 0 }}>
          {firstShown > 0 ? w.governance.publishNotices(number(firstShown)) : w.governance.publishNoNotices}
        </p>
        {publishing.isError && <ProblemNote error={publishing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {w.shell.cancel}
          </Button>
          <Button loading={publishing.isPending} onClick={() => publishing.mutate({ basis })}>
            {w.governance.publish(number(version))}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
