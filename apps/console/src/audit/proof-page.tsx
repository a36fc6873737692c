import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import {
  checkpointsQuery,
  fingerprintOf,
  selfCheckQuery,
  signingKeysQuery,
  type Checkpoint,
  type SelfCheck,
} from './proof';

/** What shows that nothing was changed: signed checkpoints, the key to compare, and the last self-check. */
export function ProofPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const p = w.audit.proof;
  return (
    <Page title={p.title} narrow>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {p.intro}{' '}
        <a href="/verifier.html" target="_blank" rel="noreferrer">
          {p.verifier}
        </a>
      </p>
      <Key />
      {can('operate:read') && <LastSelfCheck />}
      <Checkpoints />
    </Page>
  );
}

function Key(): ReactNode {
  const { w } = useWords();
  const keys = useQuery(signingKeysQuery);
  const p = w.audit.proof;
  if (keys.isError) return <ProblemNote error={keys.error} onRetry={() => void keys.refetch()} />;
  const current = keys.data?.find(({ state }) => state === 'current');
  if (current === undefined) return null;
  return (
    <section className="e-card" aria-labelledby="key">
      <Title order={2} id="key" mb={4}>
        {p.key}
      </Title>
      <p style={{ fontSize: 20, margin: '4px 0' }} className="e-code">
        {fingerprintOf(current.key)}
      </p>
      <p className="e-small e-dim" style={{ margin: '0 0 8px' }}>
        {p.keyText}
      </p>
      <p className="e-code" style={{ margin: 0 }}>
        {current.key}
      </p>
    </section>
  );
}

function LastSelfCheck(): ReactNode {
  const { w } = useWords();
  const check = useQuery(selfCheckQuery);
  const p = w.audit.proof;
  return (
    <section style={{ marginTop: 28 }} aria-labelledby="check">
      <Title order={2} id="check" mb="xs">
        {p.check}
      </Title>
      {check.isError ? (
        <ProblemNote error={check.error} onRetry={() => void check.refetch()} />
      ) : check.isPending ? (
        <Skeleton h={60} />
      ) : (
        <CheckResult check={check.data} />
      )}
    </section>
  );
}

function CheckResult({ check }: { readonly check: SelfCheck }): ReactNode {
  const { w, number, instant } = useWords();
  const p = w.audit.proof;
  const { state, done, total, at, leaves = 0, found = 0, views = [] } = check;
  if (state === 'none') return <p className="e-small e-dim">{p.checkNone}</p>;
  if (state === 'running') {
    return (
      <p role="status" className="e-small">
        {p.checkRunning(number(done), number(total))}
      </p>
    );
  }
  const different = views.filter((one) => one.state === 'different').map(({ view }) => view);
  const well = state === 'done' && found === 0 && different.length === 0;
  const title = state === 'failed' ? p.checkFailed : well ? p.checkWell : p.checkDiffers;
  return (
    <Notice tone={well ? 'teal' : 'red'} title={title}>
      <p>
        {at !== undefined && `${instant(at)} · `}
        {p.checkCounts(number(leaves), number(views.length))}
      </p>
      {different.length > 0 && <p className="e-code">{different.join(w.shell.comma)}</p>}
    </Notice>
  );
}

function Checkpoints(): ReactNode {
  const { w } = useWords();
  const found = useQuery(checkpointsQuery);
  const p = w.audit.proof;
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton h={200} mt="lg" />;
  if (found.data.length === 0) return <Empty title={p.empty} text={p.emptyText} />;
  return (
    <section style={{ marginTop: 28 }}>
      <Title order={2} mb="xs">
        {p.checkpoints}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={p.checkpoints}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{p.columns.at}</th>
              <th scope="col" className="e-num">
                {p.columns.size}
              </th>
              <th scope="col">{p.columns.root}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((one) => (
              <CheckpointRow key={one.eventId} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function CheckpointRow({ one }: { readonly one: Checkpoint }): ReactNode {
  const { number, instant } = useWords();
  return (
    <tr>
      <td style={{ whiteSpace: 'nowrap' }}>{instant(one.signedAt, true)}</td>
      <td className="e-num">{number(one.size)}</td>
      <td className="e-code" style={{ whiteSpace: 'nowrap' }}>
        {one.root}
      </td>
    </tr>
  );
}
