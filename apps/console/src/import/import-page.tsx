import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act, ask, rememberPosition } from '../api/client';
import type { ImportState, LeaversImport, MappingRequest } from '../api/import-contract';
import { importQuery, importsQuery, isMoving, savedMappingsQuery } from '../api/queries';
import { useAccount } from '../app/account';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { DropImport } from './drop-import';
import { ImportStateTag } from './import-state';
import { Interrupted, ImportDone, Outcome } from './outcome';
import { MappingSection } from './mapping-section';
import { MayImport } from './may-import';
import { ProblemsTable } from './problems-table';
import { Recognition } from './recognition';
import { RunProgress } from './run-progress';

const route = getRouteApi('/alumni/import/$importId');
const READ_THROUGH: readonly ImportState[] = ['checked', 'done', 'failed', 'interrupted'];

/** One import, from how the file is read to what came of it. */
export function ImportPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  if (can('imports:write')) return <OneImport />;
  return (
    <Page title={w.imports.one} narrow>
      <MayImport>{null}</MayImport>
    </Page>
  );
}

function OneImport(): ReactNode {
  const { importId } = route.useParams();
  const { w, instant } = useWords();
  const one = useQuery(importQuery(importId));
  return (
    <Page title={w.imports.one} narrow aside={one.data && <ImportStateTag state={one.data.state} />}>
      {one.isError ? (
        <ProblemNote error={one.error} onRetry={() => void one.refetch()} />
      ) : one.data ? (
        <>
          <p className="e-small e-dim" style={{ margin: '-8px 0 16px' }}>
            {w.imports.startedAt(instant(one.data.createdAt))}
          </p>
          <Steps key={importId} one={one.data} />
        </>
      ) : (
        <Skeleton h={300} />
      )}
    </Page>
  );
}

/** What can be done with the import in the state it is in. */
function Steps({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const { importId, state } = one;
  const path = `/v1/imports/${importId}`;
  const [remap, setRemap] = useState(false);
  useRosterAfter(one);

  const took = (next: LeaversImport): void => {
    queries.setQueryData(importQuery(importId).queryKey, next);
    void queries.invalidateQueries({ queryKey: importsQuery.queryKey, exact: true });
  };
  const mapping = useAct(
    (request: MappingRequest, key) => act<LeaversImport>('PUT', `${path}/mapping`, request, key),
    (next, { saveAs }) => {
      took(next);
      setRemap(true);
      if (saveAs) return queries.invalidateQueries({ queryKey: savedMappingsQuery.queryKey });
      return undefined;
    },
  );
  const trying = useAct(
    (_: { again: string }, key) => act<LeaversImport>('POST', `${path}/dry-run`, {}, key),
    (next) => {
      setRemap(false);
      took(next);
    },
  );
  const running = useAct(
    (_: { again: string }, key) => act<LeaversImport>('POST', `${path}/run`, {}, key),
    took,
  );
  // Reading again after a change is another act, though its request looks the same.
  const again = one.changedAt;
  const tryOut = (): void => trying.mutate({ again });
  const run = (): void => running.mutate({ again });
  const failed = trying.error ?? running.error;

  if (state === 'cancelled') return <p className="e-text">{w.imports.cancelled}</p>;
  const editable = state === 'staged' || remap || state === 'failed';
  return (
    <Stack gap="lg">
      {state === 'done' && <ImportDone counts={one.counts} />}
      {(state === 'interrupted' || state === 'failed') && (
        <Interrupted one={one} onResume={run} busy={running.isPending} />
      )}
      <Recognition one={one} />
      {isMoving(one) && <RunProgress one={one} />}
      {state === 'checked' && !remap && <Outcome counts={one.counts} busy={running.isPending} onRun={run} />}
      {failed && <ProblemNote error={failed} onRetry={trying.error ? tryOut : run} />}
      {editable && !isMoving(one) && state !== 'done' && (
        <>
          <MappingSection
            one={one}
            busy={mapping.isPending}
            error={mapping.error}
            onMap={mapping.mutateAsync}
          />
          <Group align="center">
            <Button
              onClick={tryOut}
              loading={trying.isPending}
              disabled={mapping.isPending || one.mappingProblems.length > 0}
            >
              {w.imports.tryOut}
            </Button>
            <span className="e-small e-dim">{w.imports.tryHint}</span>
          </Group>
        </>
      )}
      {READ_THROUGH.includes(state) && !remap && <ProblemsTable one={one} />}
      {!isMoving(one) && state !== 'done' && (
        <Group>
          {!editable && (
            <Button variant="default" onClick={() => setRemap(true)}>
              {w.imports.changeMapping}
            </Button>
          )}
          <DropImport importId={importId} onDropped={took} />
        </Group>
      )}
    </Stack>
  );
}

/** Once an import that was watched is done, the roster is asked for anew and waits until it has all of it. */
function useRosterAfter({ state }: LeaversImport): void {
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== 'done' && state === 'done') {
      void ask<{ head: string | null }>('/v1/ledger')
        .then(({ head }) => rememberPosition(head))
        .catch(() => undefined)
        .finally(() => void queries.invalidateQueries({ queryKey: ['alumni'] }));
    }
    before.current = state;
  }, [state, queries]);
}
