import { createdId, DIGEST_STREAM, handle, systemContext, type Ledger } from '@enishi/application/ledger';
import { dayStart, digestDecider, tokyoDay, type Bilingual, type LetterValues } from '@enishi/domain';
import type { QueuedLetter } from '../outbox';
import type { NoticeRoom, NoticeSource, NoticeWritten, WaitingWork } from './notice';

/** Whose daily mail it is: the responsible officer's, or that of a role's mailbox. */
const OFFICER = 'officer';

/** The daily mail of today. */
export function digestOf(
  { vault, clock }: Pick<Ledger, 'vault' | 'clock'>,
  whose: string = OFFICER,
): { readonly id: string; readonly aboutId: string; readonly day: string; readonly from: string } {
  const day = tokyoDay(clock.now());
  return {
    id: createdId(vault.ledgerId, `digest/${day}/${whose}`),
    aboutId: createdId(vault.ledgerId, `digest-for/${whose}`),
    day,
    from: dayStart(day),
  };
}

const last = (store: Ledger['store'], stream: string) =>
  store.readStream(stream, { direction: 'backwards', limit: 1 });

/** What waits for people, once a day: for the officer all of it, for a role what it may do. */
export const digest: NoticeSource = {
  stream: () => DIGEST_STREAM,
  async write(room, aboutId, id) {
    const role = [...room.mailboxes.keys()].find((one) => digestOf(room.ledger, one).aboutId === aboutId);
    return role === undefined ? toOfficer(room, aboutId) : toRole(room, role, id);
  },
};

/** One that was held up tells of the day on which it goes. */
async function toOfficer({ ledger, page, work }: NoticeRoom, aboutId: string): Promise<NoticeWritten> {
  const today = digestOf(ledger);
  // A mailbox that is no longer set.
  if (today.aboutId !== aboutId) return { dropped: 'no-longer-needed' };
  const [told] = await last(ledger.store, DIGEST_STREAM);
  if (told?.data['from'] === today.from) return { dropped: 'told-today' };
  const recipient = { ja: '管理責任者', en: 'the responsible officer' };
  return toldOf(await work(), { recipient, day: today.day, page: page('/') });
}

/** One that was held up is dropped: the next day has its own. */
async function toRole(
  { ledger, page, work, mailboxes }: NoticeRoom,
  role: string,
  id: string,
): Promise<NoticeWritten> {
  const today = digestOf(ledger, role);
  if (today.id !== id) return { dropped: 'day-over' };
  const { address, name: recipient } = mailboxes.get(role)!;
  // What is overdue for long is for the officer.
  const own = (await work())
    .filter(({ roles }) => roles.includes(role))
    .map((one) => ({ ...one, escalated: 0 }));
  return toldOf(own, { recipient, day: today.day, page: page('/') }, address);
}

function toldOf(all: readonly WaitingWork[], values: LetterValues, to?: string): NoticeWritten {
  const waiting = all.filter(({ count }) => count > 0);
  if (waiting.length === 0) return { dropped: 'nothing-waits' };
  return { values: { ...values, lines: linesOf(waiting) }, ...(to !== undefined && { to }) };
}

function linesOf(waiting: readonly WaitingWork[]): Bilingual {
  const escalated = waiting.filter((one) => one.escalated > 0);
  const late = escalated.map(({ title, escalated: n }) => {
    return { ja: `・${title.ja}: ${n} 件`, en: `- ${title.en}: ${n}` };
  });
  const all = waiting.map(({ title, count, overdue }) => ({
    ja: `・${title.ja}: ${count} 件${overdue === 0 ? '' : `（期限超過 ${overdue} 件）`}`,
    en: `- ${title.en}: ${count}${overdue === 0 ? '' : ` (${overdue} overdue)`}`,
  }));
  const head = { ja: '【至急】期限を大きく過ぎているもの', en: 'URGENT, long overdue:' };
  const lines = late.length === 0 ? all : [head, ...late, { ja: '', en: '' }, ...all];
  const text = (language: 'ja' | 'en') => lines.map((line) => line[language]).join('\n');
  return { ja: text('ja'), en: text('en') };
}

/** That the officer's mail of a day has left: what waits is told of again on the day after. */
export async function noteDigest(
  ledger: Ledger,
  { id: queuedId, aboutId }: Pick<QueuedLetter, 'id' | 'aboutId'>,
): Promise<void> {
  if (aboutId !== digestOf(ledger).aboutId) return;
  const command = { kind: 'NoteDigest', from: digestOf(ledger).from } as const;
  const context = systemContext('outbox', createdId(queuedId, 'sent'));
  await handle(ledger, digestDecider, DIGEST_STREAM, command, context, { read: last });
}
