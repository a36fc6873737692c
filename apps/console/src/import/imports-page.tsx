import { SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { upload } from '../api/client';
import type { ImportKind, LeaversImport } from '../api/import-contract';
import { ApiProblem } from '../api/problem';
import { importQuery, importsQuery, savedMappingsQuery } from '../api/queries';
import { useAccount } from '../app/account';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords, type Speaking } from '../words/language';
import { FileDrop } from './file-drop';
import { ImportStateTag } from './import-state';
import { MayImport } from './may-import';
import { SheetChoice } from './sheet-choice';

const LEAVERS = ['registered', 'corrected', 'unchanged', 'refused'] as const;
const ANSWERS = ['recorded', 'incomplete', 'unchanged', 'refused'] as const;
const KINDS: readonly ImportKind[] = ['leavers', 'consents'];

interface Sending {
  readonly file: File;
  /** Of a workbook, by name. */
  readonly sheet?: string;
  readonly kind: ImportKind;
}

/** Where a file of leavers or consents is handed in, and where earlier imports are found again. */
export function ImportsPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  return (
    <Page title={w.imports.title} narrow>
      <MayImport>
        {can('imports:write') && <Upload />}
        <Title order={2} mt="xl" mb="sm">
          {w.imports.earlier}
        </Title>
        <EarlierImports />
      </MayImport>
    </Page>
  );
}

function Upload(): ReactNode {
  const { w } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [sent, setSent] = useState(0);
  const [kind, setKind] = useState<ImportKind>('leavers');
  const sending = useAct(
    ({ file, sheet, kind: content }: Sending, key) => {
      const headers = {
        'enishi-content': content,
        ...(sheet !== undefined && { 'enishi-sheet': encodeURIComponent(sheet) }),
      };
      return upload<LeaversImport>('/v1/imports', file, key, setSent, headers);
    },
    async (one) => {
      queries.setQueryData(importQuery(one.importId).queryKey, one);
      await queries.invalidateQueries({ queryKey: importsQuery.queryKey, exact: true });
      await queries.prefetchQuery(savedMappingsQuery);
      await navigate({ to: '/alumni/import/$importId', params: { importId: one.importId } });
    },
  );
  const send = (what: Sending): void => {
    setSent(0);
    sending.mutate(what);
  };
  const { error, variables } = sending;
  const toChoose = error instanceof ApiProblem && error.sheets.length > 0 && variables ? error : undefined;
  return (
    <>
      <SegmentedControl
        aria-label={w.imports.content}
        mb="sm"
        disabled={sending.isPending}
        value={kind}
        onChange={(next) => setKind(next === 'consents' ? 'consents' : 'leavers')}
        data={KINDS.map((value) => ({ value, label: w.imports.contents[value] }))}
      />
      <p className="e-text" style={{ marginBottom: 20 }}>
        {kind === 'consents' ? w.imports.introConsents : w.imports.intro}
      </p>
      <FileDrop sending={sending.isPending} sent={sent} onFile={(file) => send({ file, kind })} />
      {toChoose && variables ? (
        <SheetChoice problem={toChoose} onChoose={(sheet) => send({ ...variables, sheet })} />
      ) : (
        error && variables && <ProblemNote error={error} onRetry={() => send(variables)} />
      )}
    </>
  );
}

function EarlierImports(): ReactNode {
  const { w, number, instant } = useWords();
  const earlier = useQuery(importsQuery);
  if (earlier.isError) return <ProblemNote error={earlier.error} onRetry={() => void earlier.refetch()} />;
  if (earlier.isPending) return <Skeleton h={120} />;
  if (earlier.data.length === 0) return <p className="e-text e-dim">{w.imports.earlierEmpty}</p>;
  const c = w.imports.columns;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.imports.earlier}>
      <table className="e-table">
        <thead>
          <tr>
            <th scope="col">{c.when}</th>
            <th scope="col">{w.imports.content}</th>
            <th scope="col">{c.source}</th>
            <th scope="col">{c.state}</th>
            <th scope="col" className="e-num">
              {c.size}
            </th>
            <th scope="col" className="e-num">
              {c.rows}
            </th>
            <th scope="col">{c.result}</th>
            <th scope="col">{w.imports.by}</th>
          </tr>
        </thead>
        <tbody>
          {earlier.data.map((one) => (
            <tr key={one.importId}>
              <td>
                <Link
                  to="/alumni/import/$importId"
                  params={{ importId: one.importId }}
                  style={{ whiteSpace: 'nowrap', color: 'var(--mantine-color-anchor)' }}
                >
                  {instant(one.createdAt)}
                </Link>
              </td>
              <td>{w.imports.contents[one.options.kind]}</td>
              <td>{one.options.source}</td>
              <td>
                <ImportStateTag one={one} />
              </td>
              <td className="e-num">{sizeText(one.bytes, number)}</td>
              <td className="e-num">{one.counts.rows > 0 && number(one.counts.rows)}</td>
              <td className="e-small e-dim" style={{ minWidth: 180 }}>
                {resultText(one, w.imports, number)}
              </td>
              <td className="e-small">{one.actorName ?? one.actor.split(':')[0]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sizeText(bytes: number, number: (value: number) => string): string {
  if (bytes < 1024 * 1024) return `${number(Math.max(1, Math.round(bytes / 1024)))} kB`;
  return `${number(Math.round(bytes / 1024 / 102.4) / 10)} MB`;
}

function resultText(
  { counts, options }: LeaversImport,
  words: Speaking['w']['imports'],
  number: (value: number) => string,
): string {
  const said =
    options.kind === 'consents'
      ? ANSWERS.map((name) => [words.answerCounts[name], counts[name]] as const)
      : LEAVERS.map((name) => [words.counts[name], counts[name]] as const);
  return said
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(' · ');
}
