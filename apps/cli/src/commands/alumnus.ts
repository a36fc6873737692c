import type { CommandAnswer } from '../answers';
import { badInput } from '../failure';
import { readJson, readText, stdinTwice } from '../input';
import { leaf, type Group } from '../leaf';
import { merged, present, type Json } from '../members';
import { alumnusIdOf } from '../names';
import { choices, count, day, option, required } from '../options';
import { facts } from '../output/table';
import { showDone } from './answer';
import { CONFIRM, CORRECTIONS, INVESTIGATE, INVESTIGATION, investigationOf } from './correction';
import { employmentOf, employmentOptions, FILE, personOf, personOptions, VALUES_NOTE } from './person';
import { personText, type Person } from './person-text';

type Flags = Readonly<Record<string, unknown>> & { readonly file?: string };

const REMOVABLE = ['kana', 'formerNames', 'birthDate', 'email', 'phone', 'postalAddress', 'lineId'];
const MASKED = [
  'email',
  'phone',
  'postalAddress',
  'lineId',
  'employeeNumber',
  'leavingReason',
  'leavingDetail',
];

const register = leaf<Flags & { employeeNumber?: string; source?: string }>({
  usage: 'register',
  summary: 'register an alumnus by hand',
  examples: [
    'alumnus register --file person.json',
    'alumnus register --employee-number 1234 --family 縁野 --given 花子 --joined 2015-04-01 --left 2024-03-31',
  ],
  notes: `${VALUES_NOTE}\nFor a file of leavers use \`enishi import leavers\`.`,
  options: [
    ...personOptions(),
    option('--employee-number <number>', 'number in the HR system'),
    option('--source <name>', 'HR system the number comes from (default: hr)'),
    ...employmentOptions(),
  ],
  async act(session, flags) {
    const given = flags.file === undefined ? {} : await readJson(session.io, flags.file);
    const { employeeNumber, source } = flags;
    const typed = present({ employeeNumber, source, ...personOf(flags), employment: employmentOf(flags) });
    if (Object.keys({ ...given, ...typed }).length === 0) throw nothingGiven();
    const api = await session.api();
    const answer = await api.command<CommandAnswer>('POST', '/v1/alumni', merged(given, typed));
    const id = String(answer.alumnusId);
    await api.memory.sawIds([id]);
    await showDone(session, answer, { ja: 'アルムナイを登録しました', en: 'Alumnus registered' }, id);
  },
});

const show = leaf<object>({
  usage: 'show <alumnus>',
  summary: 'show one alumnus; contact values are masked',
  examples: ['alumnus show 3f2a9c1e', 'alumnus show 3f2a9c1e --json'],
  notes: '<alumnus> is an id, or the first 8 characters or more of one printed lately.',
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const person = await api.get<Person>(`/v1/alumni/${await alumnusIdOf(api, name)}`);
    await session.show(person, () => personText(session, person));
  },
});

interface CorrectOptions extends Flags {
  readonly remove?: readonly string[];
  readonly reason?: string;
  readonly ifMatch?: number;
  readonly origin?: string;
  readonly checked?: string;
  readonly request?: string;
}

const correct = leaf<CorrectOptions>({
  usage: 'correct <alumnus>',
  summary: 'correct what is known about a person',
  examples: [
    'alumnus correct 3f2a9c1e --file change.json',
    'alumnus correct 3f2a9c1e --remove phone --reason "wrong number"',
    'alumnus correct 3f2a9c1e --file change.json --origin person --checked 戸籍抄本を確認',
  ],
  notes: `${VALUES_NOTE}\nIn the file, null removes a value.`,
  options: [
    ...personOptions(),
    choices('--remove <fields>', 'remove values', REMOVABLE),
    option('--reason <text>', 'why, kept sealed (- for standard input)'),
    ...INVESTIGATION,
    count(
      '--if-match <revision>',
      'only if it is still at this revision, as `alumnus show` prints it (default: as read now)',
      0,
      1e12,
    ),
  ],
  async act(session, flags, [name = '']) {
    const given = flags.file === undefined ? {} : await readJson(session.io, flags.file);
    refuseContradiction(flags, given);
    const removed = Object.fromEntries((flags.remove ?? []).map((field) => [field, null]));
    const changes: Json = { ...merged(given, personOf(flags)), ...removed };
    if (Object.keys(changes).length === 0) throw nothingGiven();
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}`;
    const known = await api.get<Person>(path);
    const ifMatch = flags.ifMatch ?? known.revision;
    const reason = flags.reason === undefined ? changes.reason : await readText(session.io, flags.reason);
    const investigation = await investigationOf(session, flags);
    const body = present({ ...wholeNames(known, changes), reason, investigation });
    const answer = await api.command('PATCH', path, body, { ifMatch });
    await showDone(session, answer, { ja: '訂正しました', en: 'Corrected' });
  },
});

const employment = leaf<Flags>({
  usage: 'employment <alumnus>',
  summary: 'add an employment, e.g. of somebody who returned and left again',
  examples: [
    'alumnus employment 3f2a9c1e --joined 2025-04-01 --left 2026-03-31 --leaving-kind personal-reason',
  ],
  options: [FILE, ...employmentOptions()],
  async act(session, flags, [name = '']) {
    const given = flags.file === undefined ? {} : await readJson(session.io, flags.file);
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/employments`;
    const answer = await api.command('POST', path, merged(given, employmentOf(flags)));
    await showDone(session, answer, { ja: '在籍期間を追加しました', en: 'Employment added' });
  },
});

const recordReturn = leaf<{ on?: string }>({
  usage: 'return <alumnus>',
  summary: 'record that a person is employed again: off the roster at once',
  examples: ['alumnus return 3f2a9c1e --on 2026-10-01'],
  options: [day('--on <day>', 'day of the return')],
  async act(session, { on }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/return`;
    const answer = await api.command('POST', path, present({ returnedOn: on }));
    await showDone(session, answer, { ja: '再入社を記録しました', en: 'Return recorded' });
  },
});

const recordDeath = leaf<{ on?: string }>({
  usage: 'death <alumnus>',
  summary: 'record a death: no contact at once',
  examples: ['alumnus death 3f2a9c1e'],
  options: [day('--on <day>', 'day, if known')],
  async act(session, { on }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/death`;
    const answer = await api.command('POST', path, present({ diedOn: on }));
    await showDone(session, answer, { ja: '逝去を記録しました', en: 'Death recorded' });
  },
});

const reveal = leaf<{ field: readonly string[]; reason: string }>({
  usage: 'reveal <alumnus>',
  summary: 'show masked values, for a reason that the access log keeps',
  examples: ['alumnus reveal 3f2a9c1e --field email --reason "asked by letter of 2026-11-20"'],
  options: [
    required(choices('--field <fields>', 'what to show', MASKED)),
    required(option('--reason <text>', 'why (- for standard input)')),
  ],
  async act(session, { field, reason }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/reveal`;
    const body = { fields: field, reason: await readText(session.io, reason) };
    const answer = await api.search<{ values: Json }>(path, body);
    await session.show(answer, () =>
      facts(Object.entries(answer.values).map(([key, value]) => [key, value ?? '-'])),
    );
  },
});

/** `enishi alumnus …` */
export const ALUMNUS: Group = {
  name: 'alumnus',
  summary: 'one person: register, show, correct, return, death, reveal',
  leaves: [
    register,
    show,
    correct,
    CORRECTIONS,
    INVESTIGATE,
    CONFIRM,
    employment,
    recordReturn,
    recordDeath,
    reveal,
  ],
};

/** A value cannot be removed and stated at once, and standard input is read once. */
function refuseContradiction(flags: CorrectOptions, given: Json): void {
  const stated = { ...given, ...personOf(flags) };
  const both = (flags.remove ?? []).find((field) => stated[field] !== undefined && stated[field] !== null);
  if (both !== undefined) {
    throw badInput(
      'removed-and-stated',
      `${both} を消すことと値を与えることは、同時にできません。`,
      `${both} is removed and given a value at once.`,
      { ja: 'どちらかにしてください。', en: 'Do one of them.' },
    );
  }
  if ([flags.file, flags.reason, flags.checked].filter((from) => from === '-').length > 1) throw stdinTwice();
}

/** Names are corrected as a whole: a new given name keeps the family name that is known. */
function wholeNames({ name, kana }: Person, changes: Json): Json {
  const known = present({ name: changes.name && name, kana: changes.kana && kana });
  return merged(known, changes);
}

function nothingGiven(): Error {
  return badInput('nothing-given', '値がありません。', 'No values were given.', {
    ja: '--file か、値のオプションを指定してください。',
    en: 'Give --file, or the values as options; see --help.',
  });
}
