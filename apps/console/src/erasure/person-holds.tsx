import { Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { HoldsTable } from './holds-table';
import { PlaceHoldDialog } from './place-hold-dialog';
import { holdsQuery } from './retention';

/** The holds that stand on one person's data, and placing another. */
export function PersonHolds({ alumnusId }: { readonly alumnusId: string }): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const [placing, setPlacing] = useState(false);
  const [done, setDone] = useState<string>();
  const holds = useQuery(holdsQuery);
  if (holds.isError) return <ProblemNote error={holds.error} onRetry={() => void holds.refetch()} />;
  const own = holds.data?.filter((hold) => hold.alumnusId === alumnusId) ?? [];
  return (
    <section style={{ marginTop: 24 }}>
      <Title order={2} mb="sm">
        {w.erasure.personHolds}
      </Title>
      {done !== undefined && (
        <Notice tone="teal" role="status" focus key={done}>
          <p>{done}</p>
        </Notice>
      )}
      {own.length > 0 ? (
        <HoldsTable holds={own} onDone={setDone} />
      ) : (
        <p className="e-small e-dim">{w.erasure.notHeld}</p>
      )}
      {can('holds:write') && (
        <Button variant="default" mt="md" onClick={() => setPlacing(true)}>
          {w.erasure.placeHold}
        </Button>
      )}
      {placing && (
        <PlaceHoldDialog
          alumnusId={alumnusId}
          onDone={() => setDone(w.erasure.placed)}
          onClose={() => setPlacing(false)}
        />
      )}
    </section>
  );
}
