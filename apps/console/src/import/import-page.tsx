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
import { ApprovalSection } from './approval-section';
import { ConsentsDone, ConsentsOutcome } from './consents-outcome';
import { DropImport } from './drop-import';
import { ImportStateTag } from './import-state';
import { Interrupted, ImportDone, Outcome } from './outcome';
import { MappingSection } from './mapping-section';
import { MayImport } from './may-import';
import { ProblemsTable } from './problems-table';
import { Recognition } from './recognition';
import { ScansSection } from './scans-section';
import { UndoSection } from './undo-section';
import { RunProgress } from './run-progress';

const route = getRouteApi('/alumni/import/$importId');
/** States in which an import may have brought something. */
const BROUGHT: readonly ImportState[] = ['done', 'failed', 'interrupted'];
const READ_THROUGH: readonly ImportState[] = ['checked', 'done', 'failed', 'interrupted'];

/** One import, from how the file is read to what came of it. */
export function ImportPage(): ReactNode {
  const { w } = useWords();
  const { permissions } = useAccount();
  if (permissions.includes('imports:read')) return <OneImport />;
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
    <Page
      title={one.data?.options.kind === 'consents' ? w.imports.oneConsents : w.imports.one}
      narrow
      aside={one.data && <ImportStateTag one={one.data} />}
    >
      {one.isError ? (
        <ProblemNote error={one.error} onRetry={() => void one.refetch()} />
      ) : one.data ? (
        <>
          <p className="e-small e-dim" style={{ margin: '-8px 0 16px' }}>
            {w.imports.startedAt(instant(one.data.createdAt))}
            {one.data.actorName && ` · ${w.imports.by}: ${one.data.actorName}`}
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
  const { can } = useAccount();
  const { importId, state } = one;
  const isAnswers = one.options.kind === 'consents';
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
  const reread = (): void =>
    void queries.invalidateQueries({ queryKey: importQuery(importId).queryKey, exact: true });
  const Done = isAnswers ? ConsentsDone : ImportDone;
  const Forecast = isAnswers ? ConsentsOutcome : Outcome;

  if (state === 'cancelled') {
    return (
      <Stack gap="lg">
        <p className="e-text">{w.imports.cancelled}</p>
        {one.undo !== undefined && <UndoSection one={one} />}
      </Stack>
    );
  }
  const mayImport = can('imports:write');
  const editable = mayImport && (state === 'staged' || remap || state === 'failed');
  const resting = !isMoving(one);
  return (
    <Stack gap="lg">
      {state === 'done' && one.undo === undefined && <Done counts={one.counts} />}
      {state === 'done' && isAnswers && one.undo === undefined && <ApprovalSection one={one} />}
      {(state === 'interrupted' || state === 'failed') && (
        <Interrupted one={one} onResume={run} busy={running.isPending} />
      )}
      <Recognition one={one} />
      {isMoving(one) && <RunProgress one={one} />}
      {mayImport && isAnswers && state !== 'done' && (
        <ScansSection one={one} hidden={!resting} onSent={reread} />
      )}
      {mayImport && state === 'checked' && !remap && (
        <Forecast counts={one.counts} busy={running.isPending} onRun={run} />
      )}
      {failed && <ProblemNote error={failed} onRetry={trying.error ? tryOut : run} />}
      {editable && resting && state !== 'done' && (
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
      {resting && BROUGHT.includes(state) && <UndoSection one={one} />}
      {mayImport && resting && state !== 'done' && (
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
