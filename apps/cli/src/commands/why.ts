import type { Reason, TimedEvent, Why } from '../answers';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { time } from '../options';
import { plain } from '../output/plain';
import type { Session } from '../session';
import { QUESTION, questionOf, type QuestionOptions } from './question';
import { when } from '../output/when';

/** A reason in words. */
export function reasonText(session: Session, { messages, code }: Reason): string {
  return plain(messages?.[session.language] ?? code);
}

/** `enishi why` */
export const WHY = leaf<QuestionOptions & { at?: string; known?: string }>({
  usage: 'why <alumnus>',
  summary: 'whether one person may be contacted, and the events that make it so, or every reason why not',
  examples: [
    'why 3f2a9c1e --purpose rehire --channel email',
    'why 3f2a9c1e --purpose rehire --channel email --at 2026-03-31 --known 2026-05-01',
  ],
  options: [
    ...QUESTION,
    time('--at <time>', 'as of that moment, by what was known then (default: now)'),
    time('--known <time>', 'with --at: by what was known at this other moment'),
  ],
  async act(session, options, [name = '']) {
    const api = await session.api();
    const query = { ...(await questionOf(api, options)), at: options.at, known: options.known };
    const why = await api.get<Why>(`/v1/alumni/${await alumnusIdOf(api, name)}/why`, query);
    await session.show(why, () => whyText(session, why));
  },
});

function whyText(session: Session, why: Why): string {
  const { palette } = session;
  const yes = why.answer === 'yes';
  const fallback = yes
    ? session.t('連絡できます。', 'May be contacted.')
    : session.t('連絡できません。', 'Not contactable.');
  const head = why.sentence?.[session.language] ?? fallback;
  const reasons = why.reasons.map((reason) => `  - ${reasonText(session, reason)}\n`);
  const events = why.because.map((event) => `  ${eventLine(session, event)}\n`);
  return `${yes ? palette.good(head) : palette.warn(head)}\n${reasons.join('')}${events.join('')}`;
}

function eventLine(session: Session, event: TimedEvent | string): string {
  if (typeof event === 'string') return event;
  const { type, summary, eventId, effectiveAt, recordedAt } = event;
  const recorded = recordedAt === undefined ? '' : `  ${session.t('記録', 'recorded')} ${when(recordedAt)}`;
  return plain(`${when(effectiveAt)}  ${summary?.[session.language] ?? type}  ${eventId}${recorded}`);
}
