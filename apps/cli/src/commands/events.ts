import type { TimedEvent } from '../answers';
import { write } from '../io';
import { plain } from '../output/plain';
import type { Session } from '../session';
import { when } from '../output/when';
import { fieldTexts } from './event-fields';

/** Events for people: what happened, when by its three times, by whom, with its clear fields; JSON Lines otherwise. */
export async function showEvents(
  session: Session,
  events: readonly TimedEvent[],
  lines: boolean,
): Promise<void> {
  const text = lines
    ? events.map((event) => `${JSON.stringify(event)}\n`).join('')
    : events.map((event) => eventText(session, event)).join('\n');
  await write(session.io.stdout, text);
}

/** One event, as lines. */
export function eventText(session: Session, event: TimedEvent): string {
  const { palette } = session;
  const title = event.summary?.[session.language] ?? event.type;
  const who = event.actorName ?? event.actor;
  const times = timesOf(session, event);
  const fields = fieldTexts(session, event.fields ?? {});
  const lines = [
    `${plain(event.position)}  ${palette.strong(plain(title))}  ${palette.faint(plain(event.eventId))}`,
    `    ${times}`,
    ...(who === undefined ? [] : [`    ${session.t('記録者', 'by')} ${plain(who)}`]),
    ...(event.batchId ? [`    ${session.t('取り込み', 'import')} ${plain(event.batchId)}`] : []),
    ...(fields.length === 0 ? [] : [`    ${palette.faint(fields.join('  '))}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** All three times, each named; a backdated event shows by its effective time. */
function timesOf(session: Session, { effectiveAt, decidedAt, recordedAt }: TimedEvent): string {
  const named = [
    [session.t('発効', 'effective'), effectiveAt],
    [session.t('判断', 'decided'), decidedAt],
    [session.t('記録', 'recorded'), recordedAt],
  ] as const;
  return named
    .filter(([, at]) => at !== undefined)
    .map(([name, at]) => `${name} ${plain(when(at))}`)
    .join('  ');
}
