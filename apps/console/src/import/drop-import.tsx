import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import type { LeaversImport } from '../api/import-contract';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';

interface DropImportProps {
  readonly importId: string;
  readonly onDropped: (one: LeaversImport) => void;
}

/** Gives an import up and has its file deleted, after asking once. */
export function DropImport({ importId, onDropped }: DropImportProps): ReactNode {
  const { w } = useWords();
  const [asking, setAsking] = useState(false);
  const dropping = useAct(
    (id: string, key) => act<LeaversImport>('DELETE', `/v1/imports/${id}`, undefined, key),
    (one) => {
      setAsking(false);
      onDropped(one);
    },
  );
  return (
    <>
      <Button variant="default" c="var(--e-red)" onClick={() => setAsking(true)}>
        {w.imports.drop1}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={w.imports.dropAsk}
        closeButtonProps={{ 'aria-label': w.shell.close }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.imports.dropText}
          </p>
          {dropping.isError && <ProblemNote error={dropping.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {w.imports.dropNo}
            </Button>
            <Button color="red.9" loading={dropping.isPending} onClick={() => dropping.mutate(importId)}>
              {w.imports.dropYes}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
