import type { CommandAnswer } from '../answers';
import { readText } from '../input';
import type { Bilingual } from '../language';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { purposeIdOf } from '../names';
import { count, day, option, required } from '../options';
import type { Session } from '../session';
import { showDone } from './answer';

interface LawNumber {
  readonly code: string;
  readonly rule: Bilingual;
  readonly law: Bilingual;
  readonly unit: 'years' | 'months' | 'days';
  readonly value: number;
  readonly default: number;
  readonly least: number;
  readonly most: number;
}

interface ScheduleRow {
  readonly code: string;
  readonly document: Bilingual;
  readonly number: string;
  readonly anchor: string;
  readonly orLater?: string;
  readonly here: boolean;
}

interface Law {
  readonly numbers: readonly LawNumber[];
  readonly schedule: readonly ScheduleRow[];
}

const UNITS: Readonly<Record<LawNumber['unit'], Bilingual>> = {
  years: { ja: '年', en: ' years' },
  months: { ja: 'か月', en: ' months' },
  days: { ja: '日', en: ' days' },
};

const lawOf = async (session: Session) => (await session.api()).get<Law>('/v1/law');

const list = leaf<object>({
  usage: 'list',
  summary: 'every number of law and policy by which the program decides, as it holds today',
  examples: ['law', 'law list --json'],
  notes: 'A number that was set stands with its default in brackets.',
  isDefault: true,
  async act(session) {
    const { numbers } = await lawOf(session);
    await session.list(
      numbers,
      [
        { heading: session.t('コード', 'Code') },
        { heading: session.t('数値', 'Number'), align: 'right' },
        { heading: session.t('設定できる範囲', 'May be set') },
        { heading: session.t('内容', 'What it says') },
        { heading: session.t('根拠', 'Law') },
      ],
      (row) => [
        row.code,
        `${row.value}${session.say(UNITS[row.unit])}${row.value === row.default ? '' : ` (${row.default})`}`,
        row.least === row.most ? '–' : `${row.least}–${row.most}`,
        session.say(row.rule),
        session.say(row.law),
      ],
      { ja: '数値はありません。', en: 'There are no numbers.' },
    );
  },
});

const schedule = leaf<object>({
  usage: 'schedule',
  summary: 'the retention schedule: documents, how long each is kept, from when on',
  examples: ['law schedule'],
  async act(session) {
    const { numbers, schedule: rows } = await lawOf(session);
    const known = new Map(numbers.map((one) => [one.code, one]));
    await session.list(
      rows,
      [
        { heading: session.t('コード', 'Code') },
        { heading: session.t('書類', 'Document') },
        { heading: session.t('期間', 'Period'), align: 'right' },
        { heading: session.t('起算日', 'Runs from') },
        { heading: session.t('根拠', 'Law') },
      ],
      ({ code, document, number, anchor, orLater }) => {
        const { value, unit, law } = known.get(number)!;
        const from = orLater === undefined ? anchor : `${anchor}, ${orLater}`;
        return [code, session.say(document), `${value}${session.say(UNITS[unit])}`, from, session.say(law)];
      },
      { ja: '保存期間の定めはありません。', en: 'There is no schedule.' },
    );
  },
});

interface SetOptions {
  readonly reason: string;
  readonly from?: string;
}

const settingOptions = () => [
  required(option('--reason <text>', 'why the company does so; about its rule, not about a person')),
  day('--from <day>', 'the first day on which it holds (default: today)'),
];

const set = leaf<SetOptions & { readonly value: number }>({
  usage: 'set <code>',
  summary: 'set a number for the company, within what the law allows (compliance)',
  examples: [
    'law set labour-records --value 5 --reason 紛争に備える',
    'law set consent-evidence --value 7 --from 2027-04-01 --reason 時効に合わせる',
  ],
  notes:
    'Codes stand in `enishi law`. labour-records is the switch of every row of 5 years that stand at 3 for the time being.',
  options: [required(count('--value <number>', 'in the unit of the number', 0, 10_000)), ...settingOptions()],
  async act(session, { value, from, reason }, [code = '']) {
    const body = present({ value, from, reason: await readText(session.io, reason) });
    await put(session, `/v1/law/numbers/${encodeURIComponent(code)}`, body);
  },
});

const purpose = leaf<SetOptions & { readonly keepMonths: number; readonly answerDays: number }>({
  usage: 'purpose <purpose>',
  summary: 'set how long the data of one purpose stay, and how long its answer is waited for (compliance)',
  examples: ['law purpose rehire --keep-months 3 --answer-days 60 --reason 採用の周期に合わせる'],
  options: [
    required(
      count('--keep-months <number>', 'after the consent has ended or the answer never came', 0, 10_000),
    ),
    required(count('--answer-days <number>', 'an answer is waited for, from the last asking', 0, 10_000)),
    ...settingOptions(),
  ],
  async act(session, { keepMonths, answerDays, from, reason }, [name = '']) {
    const purposeId = await purposeIdOf(await session.api(), name);
    const body = present({ keepMonths, answerDays, from, reason: await readText(session.io, reason) });
    await put(session, `/v1/law/purposes/${purposeId}`, body);
  },
});

async function put(session: Session, path: string, body: object): Promise<void> {
  const answer = await (await session.api()).command<CommandAnswer>('PUT', path, body);
  await showDone(session, answer, { ja: '設定しました', en: 'Set' });
}

/** `enishi law …` */
export const LAW: Group = {
  name: 'law',
  summary: 'the numbers of law and policy, the retention schedule, and what the company sets itself',
  leaves: [list, schedule, set, purpose],
};
