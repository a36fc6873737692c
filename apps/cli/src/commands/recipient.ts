import { ASSESSMENTS, DISPOSALS, RECIPIENT_ROLES, TRANSFER_BASES } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { badInput } from '../failure';
import { readJson, readText } from '../input';
import { leaf, type Group } from '../leaf';
import { merged, present, type Json } from '../members';
import { choice, day, option, required, time } from '../options';
import { showDone } from './answer';
import {
  dueOf,
  placeOf,
  recipientInFull,
  recipientOf,
  recipientText,
  roleOf,
  standingOf,
  type Recipient,
} from './recipient-of';
import { TELLINGS, TOLD } from './recipient-told';

type Flags = Readonly<Record<string, string | undefined>>;

const WHEN = time('--on <time>', 'when that was (default: now)');

/** Flags for what is known of a recipient; the rest comes in a file. */
const DESCRIBED = [
  option('--file <file>', 'JSON file (- for standard input); flags go before it'),
  option('--name-ja <text>', 'name in Japanese'),
  option('--name-en <text>', 'name in English'),
  option('--address-ja <text>', 'address in Japanese'),
  option('--address-en <text>', 'address in English'),
  option('--country <code>', 'where the data is handled: ISO 3166 code'),
  choice('--basis <basis>', 'why data may go there (APPI 28)', TRANSFER_BASES),
  option('--task-ja <text>', 'what it does with the data, in Japanese'),
  option('--task-en <text>', 'what it does with the data, in English'),
  option('--contract <reference>', 'number or title of the contract'),
  day('--signed <day>', 'day of the contract'),
  day('--until <day>', 'its last day'),
  option('--representative <name>', 'name of its representative, kept sealed'),
  option('--contact <name>', 'whom to reach there, kept sealed'),
  option('--contact-email <address>', 'mail address of the contact'),
  option('--contact-phone <number>', 'telephone of the contact'),
];

const NOTES =
  'In the file: {"content": {…}, "representative": …, "contact": {…}}; docs/recipients.md shows one in full.\n' +
  'With --file - names stay out of the shell history.';

const list = leaf<object>({
  usage: 'list',
  summary: 'the register: who else gets the data, and whether it may be handed over',
  isDefault: true,
  examples: ['recipient list', 'recipient list --json'],
  async act(session) {
    const { recipients } = await (await session.api()).get<{ recipients: Recipient[] }>('/v1/recipients');
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('コード', 'Code'),
      heading('名称', 'Name'),
      heading('区分', 'Role'),
      heading('取扱国', 'Country'),
      heading('次の評価', 'Next assessment'),
      heading('状態', 'State'),
    ];
    const cells = (one: Recipient): unknown[] => [
      one.code,
      session.say(one.content.name),
      roleOf(session, one),
      placeOf(session, one),
      dueOf(session, one),
      standingOf(session, one),
    ];
    await session.list(recipients, columns, cells, {
      ja: '提供先・委託先はまだ登録されていません。',
      en: 'No recipient has been entered yet.',
    });
  },
});

const show = leaf<object>({
  usage: 'show <recipient>',
  summary: 'one recipient: its people, contract, assessments',
  examples: ['recipient show mailer'],
  notes: '<recipient> is a code or an id.',
  async act(session, _options, [name = '']) {
    const one = await recipientInFull(await session.api(), name);
    await session.show(one, () => recipientText(session, one));
  },
});

const add = leaf<Flags>({
  usage: 'add <code>',
  summary: 'enter a processor, a third party or a joint user',
  examples: [
    'recipient add mailer --role processor --name-ja 架空配信 --name-en "Kaku Mailing" --address-ja 東京都 --address-en Tokyo --country JP --basis japan --task-ja メールの配信 --task-en "Sending mail" --contract 契約2026-7 --signed 2026-01-05 --representative 架空太郎',
    'recipient add mailer --role processor --file -',
  ],
  notes: NOTES,
  options: [required(choice('--role <role>', 'what it is', RECIPIENT_ROLES)), ...DESCRIBED],
  async act(session, { file, role, ...flags }, [code = '']) {
    const given = file === undefined ? {} : await readJson(session.io, file);
    const body = { ...described(given, flags), code, role };
    const answer = await (await session.api()).command<CommandAnswer>('POST', '/v1/recipients', body);
    const done = { ja: '登録しました', en: 'Entered' };
    await showDone(session, answer, done, String(answer.recipientId));
  },
});

const revise = leaf<Flags>({
  usage: 'revise <recipient>',
  summary: 'change what is known of a recipient; what is not given stays',
  examples: ['recipient revise mailer --contract 契約2027-1 --signed 2027-01-05 --until 2028-01-04'],
  notes: NOTES,
  options: DESCRIBED,
  async act(session, { file, ...flags }, [name = '']) {
    const given = file === undefined ? {} : await readJson(session.io, file);
    if (Object.keys(described(given, flags)).length === 0) throw nothingGiven();
    const api = await session.api();
    const { recipientId, content, representative, contact } = await recipientInFull(api, name);
    const known = present({ content, representative, contact });
    const changed = { ...known, ...given, content: merged(content, (given.content ?? {}) as Json) };
    const path = `/v1/recipients/${recipientId}/revisions`;
    const answer = await api.command<CommandAnswer>('POST', path, described(changed, flags));
    await showDone(session, answer, { ja: '改訂しました', en: 'Revised' });
  },
});

const assess = leaf<{ as: string; passed?: boolean; failed?: boolean; findings?: string; on?: string }>({
  usage: 'assess <recipient>',
  summary: 'record that a recipient was looked at: before it was chosen, each year, its measures abroad',
  examples: [
    'recipient assess mailer --as selection --passed',
    'recipient assess mailer --as yearly --failed --findings - --on 2026-11-20',
  ],
  notes: 'Without an assessment that was passed, a processor is handed nothing (APPI 25).',
  options: [
    required(choice('--as <assessment>', 'which assessment', ASSESSMENTS)),
    option('--passed', 'it was found in order').conflicts('failed'),
    option('--failed', 'it was found wanting'),
    option('--findings <text>', 'what was found, kept sealed (- for standard input)'),
    WHEN,
  ],
  async act(session, { as, passed, failed, findings, on }, [name = '']) {
    if (passed !== true && failed !== true) throw resultMissing();
    const api = await session.api();
    const { recipientId } = await recipientOf(api, name);
    const body = present({
      assessment: as,
      passed: passed === true,
      findings: findings === undefined ? undefined : await readText(session.io, findings),
      effectiveAt: on,
    });
    const path = `/v1/recipients/${recipientId}/assessments`;
    const answer = await api.command<CommandAnswer>('POST', path, body);
    await showDone(session, answer, { ja: '評価を記録しました', en: 'Assessment recorded' });
  },
});

const end = leaf<{ disposal: string; proof?: string; on?: string }>({
  usage: 'end <recipient>',
  summary: 'nothing goes there any more; say what became of the data',
  examples: ['recipient end mailer --disposal certificate --proof 消去証明書2026-11'],
  notes: 'For good: the same company again is another entry.',
  options: [
    required(choice('--disposal <what>', 'what became of the data there', DISPOSALS)),
    option('--proof <text>', 'which certificate or letter says so, kept sealed (- for standard input)'),
    WHEN,
  ],
  async act(session, { disposal, proof, on }, [name = '']) {
    const api = await session.api();
    const { recipientId } = await recipientOf(api, name);
    const said = proof === undefined ? undefined : await readText(session.io, proof);
    const body = present({ disposal, proof: said, effectiveAt: on });
    const answer = await api.command<CommandAnswer>('POST', `/v1/recipients/${recipientId}/end`, body);
    await showDone(session, answer, { ja: '終了を記録しました', en: 'Ended' });
  },
});

/** `enishi recipient …` */
export const RECIPIENT: Group = {
  name: 'recipient',
  summary: 'who else gets the data: processors, third parties, joint users',
  leaves: [list, show, add, revise, assess, end, TELLINGS, TOLD],
};

/** A body of what is known, with the flags over it. */
function described(given: Json, flags: Flags): Json {
  const content = present({
    name: present({ ja: flags.nameJa, en: flags.nameEn }),
    address: present({ ja: flags.addressJa, en: flags.addressEn }),
    country: flags.country,
    basis: flags.basis,
    task: present({ ja: flags.taskJa, en: flags.taskEn }),
    contract: present({ reference: flags.contract, signedOn: flags.signed, until: flags.until }),
  });
  const contact = present({ name: flags.contact, email: flags.contactEmail, phone: flags.contactPhone });
  return present({
    ...given,
    content: merged((given.content ?? {}) as Json, content),
    representative: flags.representative ?? given.representative,
    contact: merged((given.contact ?? {}) as Json, contact),
  });
}

function resultMissing(): Error {
  return badInput('result-missing', '--passed か --failed を指定してください。', 'Say --passed or --failed.');
}

function nothingGiven(): Error {
  return badInput('nothing-given', '変更する値がありません。', 'Nothing to change was given.', {
    ja: '--help で使い方が出ます。',
    en: 'Give --file or flags; see --help.',
  });
}
