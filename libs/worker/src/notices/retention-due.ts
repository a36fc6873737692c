import { CLOCK_STREAM, createdId, readLawSettings, type Ledger } from '@enishi/application/ledger';
import { CATEGORY_NAMES, tokyoDay, type Bilingual, type Category } from '@enishi/domain';
import { countDue, DUE_NOW, type DueCount } from '@enishi/projections/retention-calendar/query';
import type { NoticeSource } from './notice';

/** The notice of a month: there is one, however many days had waited for it. */
export function retentionNoticeOf(
  { vault }: Pick<Ledger, 'vault'>,
  month: string,
): { readonly id: string; readonly aboutId: string } {
  const id = createdId(vault.ledgerId, `retention-due/${month}`);
  return { id, aboutId: id };
}

/** What nothing keeps any more, and what falls due this month. One that was held up tells of the month in which it goes. */
export const retentionDue: NoticeSource = {
  stream: () => CLOCK_STREAM,
  async write({ ledger, page, pool }) {
    const at = tokyoDay(ledger.clock.now());
    const month = at.slice(0, 7);
    const counts = await countDue(pool, { at, settings: await readLawSettings(ledger) });
    const due = counts.filter((one) => one.month === DUE_NOW || one.month === month);
    if (due.length === 0) return { dropped: 'nothing-due' };
    return { values: { month, lines: linesOf(due), page: page('/retention') } };
  },
};

function linesOf(due: readonly DueCount[]): Bilingual {
  const lines = [...new Set(due.map(({ category }) => category))].map((category) => lineOf(category, due));
  const text = (language: 'ja' | 'en') => lines.map((line) => line[language]).join('\n');
  return { ja: text('ja'), en: text('en') };
}

function lineOf(category: Category, due: readonly DueCount[]): Bilingual {
  const own = due.filter((one) => one.category === category);
  const sum = (of: (one: DueCount) => number) => own.reduce((total, one) => total + of(one), 0);
  const over = sum(({ month, people }) => (month === DUE_NOW ? people : 0));
  const more = sum(({ people }) => people) - over;
  const held = sum((one) => one.held);
  const name = CATEGORY_NAMES[category];
  return {
    ja: `・${name.ja}: 満了済み ${over} 名、今月中に満了 ${more} 名${held === 0 ? '' : `（うち保全中 ${held} 名）`}`,
    en: `- ${name.en}: ${over} due, ${more} more this month${held === 0 ? '' : ` (${held} held)`}`,
  };
}
