import type { ReactNode } from 'react';
import type { RequestStep } from '../api/request-contract';
import { useWords } from '../words/language';
import { useDeskWords } from './desk-words';
import css from './requests.module.css';
import { stepFacts } from './step-facts';

/** What happened with a request, the latest first. */
export function Timeline({ steps }: { readonly steps: readonly RequestStep[] }): ReactNode {
  return (
    <ol className={css.timeline}>
      {steps.toReversed().map((step) => (
        <StepCard key={step.eventId} step={step} />
      ))}
    </ol>
  );
}

interface StepCardProps {
  readonly step: RequestStep;
  /** With all three times and the number of the event. */
  readonly whole?: boolean;
}

/** One step: what, when, by whom, and what was recorded with it. */
export function StepCard({ step, whole = false }: StepCardProps): ReactNode {
  const speaking = useWords();
  const words = useDeskWords();
  const { w, language, instant } = speaking;
  const { eventId, type, summary, effectiveAt, decidedAt, recordedAt } = step;
  const facts = stepFacts(step, words, speaking);
  const times = [
    [w.person.effective, effectiveAt],
    [w.person.decided, decidedAt],
    [w.person.recorded, recordedAt],
  ] as const;
  return (
    <li className={css.step} data-event={type}>
      <strong>{summary[language]}</strong>
      <p className="e-tiny e-dim">
        {!whole && <time dateTime={recordedAt}>{instant(recordedAt)}</time>} <Actor step={step} />
      </p>
      {whole && (
        <dl className={`e-pairs ${css.times}`}>
          {times.map(([name, at]) => (
            <div key={name} className={css.pair}>
              <dt>{name}</dt>
              <dd>
                <time dateTime={at}>{instant(at, true)}</time>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {facts.map(({ name, text }) => (
        <p key={name} className={css.fact}>
          <span className="e-dim">{name}：</span>
          {text}
        </p>
      ))}
      {whole && <p className="e-code e-dim">{eventId}</p>}
    </li>
  );
}

function Actor({ step: { actor, actorName } }: { readonly step: RequestStep }): ReactNode {
  const { w } = useWords();
  const [kind = '', id = ''] = actor.split(':');
  return (
    <>
      {w.terms.actor[kind] ?? kind} {actorName ?? (kind === 'system' ? '' : id.slice(0, 8))}
    </>
  );
}
