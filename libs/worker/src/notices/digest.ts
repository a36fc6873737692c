import { createdId, DIGEST_STREAM, handle, systemContext, type Ledger } from '@enishi/application/ledger';
import { dayStart, digestDecider, tokyoDay, type Bilingual } from '@enishi/domain';
import type { NoticeSource, WaitingWork } from './notice';

/** The daily mail of today: its id and the beginning of its day. */
export function digestOf({ vault, clock }: Pick<Ledger, 'vault' | 'clock'>): {
  readonly id: string;
  readonly day: string;
  readonly from: string;
} {
  const day = tokyoDay(clock.now());
  return { id: createdId(vault.ledgerId, `digest/${day}`), day, from: dayStart(day) };
}

const last = (store: Ledger['store'], stream: string) =>
  store.readStream(stream, { direction: 'backwards', limit: 1 });

/** What waits for people, once a day; one that was held up tells of the day on which it goes. */
export const digest: NoticeSource = {
  stream: () => DIGEST_STREAM,
  async write({ ledger, page, work }) {
    const { day, from } = digestOf(ledger);
    const [told] = await last(ledger.store, DIGEST_STREAM);
    if (told?.data['from'] === from) return { dropped: 'told-today' };
    const waiting = (await work()).filter(({ count }) => count > 0);
    if (waiting.length === 0) return { dropped: 'nothing-waits' };
    return { values: { day, lines: linesOf(waiting), page: page('/') } };
  },
};

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

/** That the mail of a day has left: what waits is told of again on the day after. */
export async function noteDigest(ledger: Ledger, queuedId: string): Promise<void> {
  const command = { kind: 'NoteDigest', from: digestOf(ledger).from } as const;
  const context = systemContext('outbox', createdId(queuedId, 'sent'));
  await handle(ledger, digestDecider, DIGEST_STREAM, command, context, { read: last });
}
