import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { HoldsTable } from './holds-table';
import { PlaceHoldDialog } from './place-hold-dialog';
import { holdsQuery } from './retention';

/** Holds shown at once: each names a person, which is a reading of its own. */
const AT_ONCE = 20;

/** The holds that stand, the earliest review first. */
export function HoldsPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const [placing, setPlacing] = useState(false);
  const [done, setDone] = useState<string>();
  const [shown, setShown] = useState(AT_ONCE);
  const holds = useQuery(holdsQuery);
  return (
    <Page
      title={w.erasure.holdsTitle}
      aside={can('holds:write') && <Button onClick={() => setPlacing(true)}>{w.erasure.placeHold}</Button>}
    >
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.erasure.holdsIntro}
      </p>
      {done !== undefined && (
        <Notice tone="teal" role="status" focus key={done}>
          <p>{done}</p>
        </Notice>
      )}
      {holds.isError ? (
        <ProblemNote error={holds.error} onRetry={() => void holds.refetch()} />
      ) : holds.isPending ? (
        <Skeleton h={160} />
      ) : holds.data.length === 0 ? (
        <Empty title={w.erasure.holdsEmpty} text={w.erasure.holdsEmptyText} />
      ) : (
        <>
          <HoldsTable holds={holds.data.slice(0, shown)} onDone={setDone} />
          {holds.data.length > shown && (
            <Button variant="default" mt="md" onClick={() => setShown(shown + AT_ONCE)}>
              {w.shell.more}
            </Button>
          )}
        </>
      )}
      {placing && (
        <PlaceHoldDialog onDone={() => setDone(w.erasure.placed)} onClose={() => setPlacing(false)} />
      )}
    </Page>
  );
}
