import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { historyQuery } from '../api/queries';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { useAccount } from '../app/account';
import { EventCard } from './event-card';
import { crowdedMinutes, minuteOf } from './event-facts';
import { hasEvidence, SealedFields } from './sealed-fields';
import css from './person.module.css';

interface RecordTabProps {
  readonly alumnusId: string;
  /** The event to point out. */
  readonly marked: string | undefined;
}

/** Everything recorded about a person, in order. */
export function RecordTab({ alumnusId, marked }: RecordTabProps): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const [order, setOrder] = useState('oldest');
  const history = useInfiniteQuery(historyQuery(alumnusId));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const events = history.data?.pages.flatMap((page) => page.events) ?? [];
  // The newest is at the end, and the marked one may be; then the rest is fetched without being asked for.
  const wantsAll =
    order === 'newest' || (marked !== undefined && !events.some(({ eventId }) => eventId === marked));
  useEffect(() => {
    if (wantsAll && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wantsAll, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const crowded = crowdedMinutes(events);

  if (history.isError) return <ProblemNote error={history.error} onRetry={() => void history.refetch()} />;
  if (history.isPending) return <Skeleton h={200} />;
  if (events.length === 0) return <p className="e-small">{w.person.recordNone}</p>;
  return (
    <>
      <div className={css.head} style={{ marginBottom: 12 }}>
        <span className="e-small e-dim">{w.person.recordCount(number(events.length))}</span>
        <SegmentedControl
          aria-label={w.person.order}
          size="xs"
          ml="auto"
          value={order}
          onChange={setOrder}
          data={[
            { value: 'oldest', label: w.person.oldest },
            { value: 'newest', label: w.person.newest },
          ]}
        />
      </div>
      <ol className={css.timeline}>
        {(order === 'newest' ? events.toReversed() : events).map((event) => (
          <EventCard
            key={event.eventId}
            event={event}
            marked={event.eventId === marked}
            toTheSecond={crowded.has(minuteOf(event))}
          >
            {can('evidence:read') && hasEvidence(event) && (
              <SealedFields alumnusId={alumnusId} event={event} />
            )}
          </EventCard>
        ))}
      </ol>
      {hasNextPage && !wantsAll && (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {w.shell.more}
        </Button>
      )}
    </>
  );
}
