import { CORRECTION_ORIGINS, INVESTIGATED_FIELDS, PERSON_FIELD_NAMES, PERSON_FIELDS } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { badInput } from '../failure';
import { readText } from '../input';
import { leaf } from '../leaf';
import { present, type Json } from '../members';
import { alumnusIdOf } from '../names';
import { choice, choices, option, required, time } from '../options';
import { plain } from '../output/plain';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';

interface Investigated {
  readonly origin?: string;
  readonly checked?: string;
  readonly request?: string;
}

interface Correction {
  readonly eventId: string;
  readonly correctedAt: string;
  readonly correctedBy: string;
  readonly correctedByName?: string;
  readonly origin?: string;
  readonly requestId?: string;
  readonly values: readonly {
    readonly field: keyof typeof PERSON_FIELD_NAMES;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

const ORIGIN = choice('--origin <who>', 'who says so', CORRECTION_ORIGINS);
const CHECKED = option(
  '--checked <text>',
  'what was looked at and what it showed, kept sealed (- for standard input)',
);
const REQUEST = option('--request <id>', 'the request that it answers');

/** Flags of a correction that was looked into. */
export const INVESTIGATION = [ORIGIN, CHECKED, REQUEST];

/** What was looked into, of the flags; nothing where none is given. */
export async function investigationOf(
  session: Session,
  { origin, checked, request }: Investigated,
): Promise<Json | undefined> {
  if (origin === undefined && checked === undefined && request === undefined) return undefined;
  if (origin === undefined || checked === undefined) {
    throw badInput(
      'investigation-incomplete',
      '--origin と --checked は一緒に指定してください。',
      'Give --origin and --checked together.',
    );
  }
  return present({ origin, checked: await readText(session.io, checked), requestId: request });
}

/** `enishi alumnus corrections` */
export const CORRECTIONS = leaf<object>({
  usage: 'corrections <alumnus>',
  summary: 'what was corrected: before and after, by whom; contact values are masked',
  examples: ['alumnus corrections 3f2a9c1e'],
  notes: 'What was looked into is sealed with its event: `enishi consent evidence <alumnus> --event <id>`.',
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/corrections`;
    const { corrections } = await api.get<{ corrections: Correction[] }>(path);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('日時', 'When'),
      heading('項目', 'Field'),
      heading('訂正前', 'Before'),
      heading('訂正後', 'After'),
      heading('訂正した人', 'By'),
      heading('申し出', 'Said by'),
      heading('請求', 'Request'),
    ];
    if (session.json) return session.list(corrections, [], () => [], { ja: '', en: '' });
    const rows = corrections.flatMap((one) => one.values.map((value) => ({ ...one, ...value })));
    const cells = (one: (typeof rows)[number]): unknown[] => [
      when(one.correctedAt),
      session.say(PERSON_FIELD_NAMES[one.field]),
      valueText(one.before),
      valueText(one.after),
      one.correctedByName ?? one.correctedBy,
      one.origin === undefined ? '' : session.t(...(ORIGINS[one.origin] ?? ['', ''])),
      one.requestId?.slice(0, 8),
    ];
    await session.list(rows, columns, cells, {
      ja: '訂正はありません。',
      en: 'Nothing was corrected.',
    });
  },
});

/** `enishi alumnus investigate` */
export const INVESTIGATE = leaf<Investigated & { field: readonly string[]; outcome: string }>({
  usage: 'investigate <alumnus>',
  summary: 'record that values were looked into and stay as they are',
  examples: ['alumnus investigate 3f2a9c1e --field birthDate --outcome right --origin person --checked -'],
  notes: 'What was wrong is corrected: `alumnus correct` with --origin and --checked.',
  options: [
    required(choices('--field <fields>', 'which values', INVESTIGATED_FIELDS)),
    required(choice('--outcome <outcome>', 'what it came to', ['right', 'not-clear'])),
    required(choice('--origin <who>', 'who says so', CORRECTION_ORIGINS)),
    required(
      option('--checked <text>', 'what was looked at and what it showed, kept sealed (- for standard input)'),
    ),
    REQUEST,
  ],
  async act(session, { field, outcome, ...flags }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/investigations`;
    const body = { fields: field, outcome, ...(await investigationOf(session, flags)) };
    const answer = await api.command<CommandAnswer>('POST', path, body);
    await showDone(session, answer, { ja: '調査の結果を記録しました', en: 'Recorded' });
  },
});

/** `enishi alumnus confirm` */
export const CONFIRM = leaf<{ field: readonly string[]; origin: string; request?: string; on?: string }>({
  usage: 'confirm <alumnus>',
  summary: 'record that values are still right',
  examples: ['alumnus confirm 3f2a9c1e --field email,phone --origin person --on 2026-11-20'],
  options: [
    required(choices('--field <fields>', 'which values', PERSON_FIELDS)),
    required(choice('--origin <who>', 'who says so', CORRECTION_ORIGINS)),
    REQUEST,
    time('--on <time>', 'when that was (default: now)'),
  ],
  async act(session, { field, origin, request, on }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/confirmations`;
    const body = present({ fields: field, origin, requestId: request, effectiveAt: on });
    const answer = await api.command<CommandAnswer>('POST', path, body);
    await showDone(session, answer, { ja: '確認を記録しました', en: 'Confirmed' });
  },
});

const ORIGINS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  person: ['本人', 'the person'],
  staff: ['会社', 'the company'],
};

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'object') return Object.values(value).map(plain).join(' ');
  return plain(value);
}
