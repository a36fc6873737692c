import { Skeleton, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LedgerEvent, Why } from '../api/contract';
import { useWords } from '../words/language';
import { EventCard } from './event-card';
import { crowdedMinutes, minuteOf } from './event-facts';
import css from './person.module.css';

interface WhyTabProps {
  readonly why: Why | undefined;
  /** Shows an event among everything recorded about the person. */
  readonly onShow: ((eventId: string) => void) | undefined;
}

/** For a yes the events that allow it; for a no every reason in words, with the events behind it. */
export function WhyTab({ why, onShow }: WhyTabProps): ReactNode {
  const { w, language } = useWords();
  if (why === undefined) return <Skeleton h={160} />;
  const said = new Set(why.reasons.map(({ code }) => code));
  const askingReasons =
    why.answer === 'yes' ? [] : (why.askingReasons ?? []).filter(({ code }) => !said.has(code));
  return (
    <>
      {why.reasons.length > 0 && (
        <>
          <Title order={2} mb="xs">
            {w.person.reasons}
          </Title>
          <ol className={css.reasons}>
            {why.reasons.map((reason, index) => (
              <li key={`${reason.code}-${index}`}>
                <p>
                  {reason.messages[language]} <span className="e-code e-dim">{reason.code}</span>
                </p>
                <Events of={reason.events ?? []} onShow={onShow} />
              </li>
            ))}
          </ol>
        </>
      )}
      {askingReasons.length > 0 && (
        <>
          <Title order={2} mb="xs" mt="lg">
            {w.person.askingReasons}
          </Title>
          <ul className={css.reasons}>
            {askingReasons.map((reason, index) => (
              <li key={`${reason.code}-${index}`}>
                <p>
                  {reason.messages[language]} <span className="e-code e-dim">{reason.code}</span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      {(why.answer === 'yes' || why.because.length > 0) && (
        <>
          <Title order={2} mb="xs" mt={why.reasons.length > 0 ? 'lg' : 0}>
            {w.person.because}
          </Title>
          {why.because.length === 0 ? (
            <p className="e-small">{w.person.becauseNone}</p>
          ) : (
            <Events of={why.because} onShow={onShow} />
          )}
        </>
      )}
    </>
  );
}

interface EventsProps {
  readonly of: readonly LedgerEvent[];
  readonly onShow: ((eventId: string) => void) | undefined;
}

function Events({ of, onShow }: EventsProps): ReactNode {
  if (of.length === 0) return null;
  const crowded = crowdedMinutes(of);
  return (
    <ol className={css.timeline}>
      {of.map((event) => (
        <EventCard
          key={event.eventId}
          event={event}
          toTheSecond={crowded.has(minuteOf(event))}
          {...(onShow && { onShow })}
        />
      ))}
    </ol>
  );
}
