import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { LedgerEvent } from '../api/contract';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import { eventFacts, isAboutPerson } from './event-facts';
import css from './person.module.css';

interface EventCardProps {
  readonly event: LedgerEvent;
  readonly marked?: boolean;
  /** Where another event of the list shares its minute. */
  readonly toTheSecond?: boolean;
  readonly onShow?: (eventId: string) => void;
  /** What else can be shown of it. */
  readonly children?: ReactNode;
}

const MINUTE = 60_000;

/** One event: what happened, who did it, and its three times. */
export function EventCard(props: EventCardProps): ReactNode {
  const { event, marked = false, toTheSecond = false, onShow, children } = props;
  const { w, language, instant } = useWords();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (marked) card.current?.scrollIntoView({ block: 'center' });
  }, [marked]);

  const { type, effectiveAt, decidedAt, recordedAt, position, eventId } = event;
  const backdated = Date.parse(recordedAt) - Date.parse(effectiveAt) > MINUTE;
  const facts = eventFacts(event, w);
  const times = [
    { word: w.person.effective, hint: w.person.effectiveHint, at: effectiveAt },
    { word: w.person.decided, hint: w.person.decidedHint, at: decidedAt },
    { word: w.person.recorded, hint: w.person.recordedHint, at: recordedAt },
  ];
  return (
    <li ref={card} className={css.event} data-marked={marked || undefined} data-event={type}>
      <div className={css.head}>
        <strong>{event.summary?.[language] ?? type}</strong>
        {backdated && <Tag tone="amber">{w.person.backdated}</Tag>}
        {onShow && isAboutPerson(event) && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-anchor)"
            ml="auto"
            onClick={() => onShow(eventId)}
          >
            {w.person.inRecord}
          </Button>
        )}
      </div>
      {facts.length > 0 && <p>{facts.join(w.shell.comma)}</p>}
      <dl className={css.times}>
        {times.map(({ word: name, hint, at }) => (
          <div key={name}>
            <dt title={hint}>{name}</dt>
            <dd>
              <time dateTime={at}>{instant(at, toTheSecond)}</time>
            </dd>
          </div>
        ))}
        <div>
          <dt>{w.person.by}</dt>
          <dd>
            <ActorName event={event} />
          </dd>
        </div>
      </dl>
      {children}
      <p className="e-tiny e-dim">
        {w.person.position(String(position))} · <span className="e-code">{eventId}</span>
      </p>
    </li>
  );
}

function ActorName({ event: { actor, actorName } }: { readonly event: LedgerEvent }): ReactNode {
  const { w } = useWords();
  const [kind = '', id = ''] = actor.split(':');
  return (
    <>
      {w.terms.actor[kind] ?? kind} {actorName ?? <span className="e-code">{id.slice(0, 8)}</span>}
    </>
  );
}
