import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { choice } from '../options';
import { when } from '../output/when';

interface Entry {
  readonly name: string;
  readonly title: Bilingual;
  readonly wanted: string;
  readonly roles: readonly string[];
  readonly command: string;
  readonly count: number;
  readonly oldest?: string;
  readonly due?: string;
  readonly overdue: number;
  readonly unavailable?: boolean;
}

const WANTED: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  approval: ['承認', 'approve'],
  work: ['対応', 'do'],
  repair: ['復旧', 'mend'],
};

/** `enishi work` */
export const WORK = leaf<{ for: string }>({
  usage: 'work',
  summary: 'what waits: to approve, to do, to mend; what is due and overdue',
  examples: ['work', 'work --for me', 'work --for all --json'],
  notes:
    'me: without what you asked for yourself, and what is given to others. all: for compliance and auditors.',
  options: [choice('--for <whom>', 'for whom', ['me', 'role', 'all']).default('role')],
  async act(session, { for: whose }) {
    const { work } = await (await session.api()).get<{ work: Entry[] }>('/v1/work', { for: whose });
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const right = { align: 'right' as const };
    const columns = [
      heading('内容', 'What'),
      heading('要対応', 'Wanted'),
      { ...heading('件数', 'Count'), ...right },
      { ...heading('期限超過', 'Overdue'), ...right },
      heading('期限', 'Due'),
      heading('最も古いもの', 'Oldest'),
      heading('担当', 'Who'),
      heading('コマンド', 'Command'),
    ];
    const cells = (one: Entry): unknown[] => [
      one.title[session.language],
      session.t(...(WANTED[one.wanted] ?? ([one.wanted, one.wanted] as const))),
      one.unavailable === true ? session.t('不明', 'unknown') : String(one.count),
      one.overdue === 0 ? '' : String(one.overdue),
      dayOf(one.due),
      dayOf(one.oldest),
      one.roles.join(' '),
      one.command,
    ];
    await session.list(work, columns, cells, { ja: '待っているものはありません。', en: 'Nothing waits.' });
  },
});

/** The day in Japan. */
function dayOf(instant: string | undefined): string {
  return when(instant).slice(0, 10);
}
