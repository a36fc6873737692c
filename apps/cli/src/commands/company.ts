import { PUBLIC_MATTERS_TEMPLATE } from '@enishi/domain';
import type { CommandAnswer, Company, Ledger } from '../answers';
import { badInput } from '../failure';
import { readJson } from '../input';
import { leaf, type Group } from '../leaf';
import { merged, present, type Json } from '../members';
import { choice, option } from '../options';
import { facts } from '../output/table';
import type { Session } from '../session';
import { showDone } from './answer';
import { DEMO_COMPANY } from './demo-company';

type Flags = Readonly<Record<string, string | undefined>>;

/** Parts of a company as a file may give them: any of the three. */
interface Parts {
  readonly party?: Json;
  readonly contactPoint?: Json;
  readonly officer?: Json;
}

const TYPES = ['private-company', 'public-body', 'non-profit'];
const FILE = option('--file <file>', 'JSON file (- for standard input); flags go before it');

async function setParts(session: Session, { party, contactPoint, officer }: Parts): Promise<void> {
  const api = await session.api();
  const answers: CommandAnswer[] = [];
  if (party) answers.push(await api.command('PUT', '/v1/company', { party }));
  if (contactPoint) answers.push(await api.command('PUT', '/v1/company/contact-point', { contactPoint }));
  if (officer) answers.push(await api.command('PUT', '/v1/company/responsible-officer', officer));
  const outcome = answers.some((answer) => answer.outcome === 'done') ? 'done' : 'unchanged';
  const eventIds = answers.flatMap((answer) => answer.eventIds);
  const done = { ja: '会社の情報を記録しました', en: 'Company recorded' };
  await showDone(session, { ...answers.at(-1), outcome, eventIds }, done);
}

/** The invented company, only where every person is invented too. */
async function setDemo(session: Session): Promise<void> {
  const api = await session.api();
  const { mode } = await api.get<Ledger>('/v1/ledger');
  if (mode !== 'development') {
    throw badInput(
      'demo-refused',
      '架空の会社は開発環境でだけ設定できます。',
      'The invented company can be set in development only.',
    );
  }
  const { officer: known } = await api.get<Company>('/v1/company');
  const { officer: invented, ...rest } = DEMO_COMPANY;
  // Every appointment is an event of its own, also of the same person: a repeat must change nothing.
  const appointed = JSON.stringify((known as Json | null)?.name) === JSON.stringify(invented.name);
  await setParts(session, { ...rest, ...(!appointed && { officer: invented }) });
}

const set = leaf<Flags>({
  usage: 'set',
  summary: 'state who the company is: the party fields of APPI 32(1) and ISO/IEC TS 27560',
  examples: [
    'company set --template demo',
    'company set --file company.json',
    'company set --phone 03-0000-0000 --contact "privacy@example.jp"',
  ],
  notes:
    'A file holds the party, or any of {"party": …, "contactPoint": …, "officer": …}.\n' +
    'Flags change what is recorded; what they do not name stays. `demo` is an invented company with contact point\n' +
    'and officer, for development.',
  options: [
    choice('--template <name>', 'a ready company', ['demo']).conflicts('file'),
    FILE,
    option('--name-ja <text>', 'name in Japanese'),
    option('--name-en <text>', 'name in English'),
    option('--address-ja <text>', 'address in Japanese'),
    option('--address-en <text>', 'address in English'),
    option('--representative-ja <text>', 'title and name of the representative, in Japanese'),
    option('--representative-en <text>', 'the same in English'),
    option('--contact <text>', 'where to write or call, as published'),
    choice('--type <type>', 'kind of organisation', TYPES),
    option('--email <address>', 'mail address'),
    option('--phone <number>', 'telephone'),
    option('--website <url>', 'web site'),
  ],
  async act(session, { template, file, ...flags }) {
    if (template !== undefined) return setDemo(session);
    const given = file === undefined ? {} : await readJson(session.io, file);
    const parts: Parts =
      'party' in given || 'contactPoint' in given || 'officer' in given ? given : { party: given };
    const changes = partyOf(flags);
    if (file === undefined && Object.keys(changes).length === 0) throw nothingGiven();
    const known = file === undefined ? (await (await session.api()).get<Company>('/v1/company')).party : null;
    const base = { type: 'private-company', jurisdiction: 'JP', ...known, ...parts.party };
    const wanted = parts.party !== undefined && (file === undefined || Object.keys(parts.party).length > 0);
    const party = wanted || Object.keys(changes).length > 0 ? merged(base, changes) : undefined;
    return setParts(session, { ...parts, ...(party && { party }) });
  },
});

const contactPoint = leaf<Flags>({
  usage: 'contact-point',
  summary: 'set where corrections, deletions and complaints go',
  examples: [
    'company contact-point --name-ja 個人情報相談窓口 --name-en "Privacy desk" --email privacy@example.jp',
  ],
  options: [
    FILE,
    option('--name-ja <text>', 'name in Japanese'),
    option('--name-en <text>', 'name in English'),
    option('--address-ja <text>', 'address in Japanese'),
    option('--address-en <text>', 'address in English'),
    option('--email <address>', 'mail address'),
    option('--phone <number>', 'telephone'),
    option('--hours-ja <text>', 'opening hours in Japanese'),
    option('--hours-en <text>', 'opening hours in English'),
  ],
  async act(session, { file, ...flags }) {
    const given = file === undefined ? {} : await readJson(session.io, file);
    const known =
      file === undefined ? (await (await session.api()).get<Company>('/v1/company')).contactPoint : null;
    const changes = contactPointOf(flags);
    if (file === undefined && Object.keys(changes).length === 0) throw nothingGiven();
    return setParts(session, { contactPoint: merged({ ...known, ...given }, changes) });
  },
});

const publicMatters = leaf<Flags>({
  usage: 'public-matters',
  summary: 'state how requests are made and what they cost, for the public page (APPI 32(1), 37, 38)',
  examples: ['company public-matters --template default', 'company public-matters --file matters.json'],
  notes:
    'A file holds {"procedure": {"ja": …, "en": …}, "fees": [{"kind": "disclosure", "yen": 500}], "jointUse": …, "accreditedBody": …}.\n' +
    'Fees may be charged for purpose-notice, disclosure and disclosure-of-provision-records only; what is not named is free.',
  options: [
    choice('--template <name>', 'ready words: by any way, free of charge', ['default']).conflicts('file'),
    FILE,
  ],
  async act(session, { template, file }) {
    if (template === undefined && file === undefined) throw nothingGiven();
    const matters = file === undefined ? PUBLIC_MATTERS_TEMPLATE : await readJson(session.io, file);
    const path = '/v1/company/public-matters';
    const answer = await (await session.api()).command<CommandAnswer>('PUT', path, { matters });
    await showDone(session, answer, { ja: '公表事項を記録しました', en: 'Public matters recorded' });
  },
});

const officer = leaf<Flags>({
  usage: 'officer',
  summary: 'appoint the responsible officer for alumni data',
  examples: ['company officer --family 架空 --given 花子 --title 人事部長', 'company officer --file -'],
  notes:
    'With --file - the name stays out of the shell history: {"name": {"family": …, "given": …}, "title": …}.',
  options: [
    FILE,
    option('--family <name>', 'family name'),
    option('--given <name>', 'given name'),
    option('--title <text>', 'title'),
    option('--work-contact <text>', 'how to reach the officer at work'),
  ],
  async act(session, { file, family, given, title, workContact }) {
    const base = file === undefined ? {} : await readJson(session.io, file);
    const name = present({ family, given });
    if (file === undefined && family === undefined) throw nothingGiven();
    return setParts(session, { officer: merged(base, present({ name, title, workContact })) });
  },
});

const show = leaf<object>({
  usage: 'show',
  summary: 'show the company, its contact point and its responsible officer',
  examples: ['company show', 'company show --json'],
  isDefault: true,
  async act(session) {
    const company = await (await session.api()).get<Company>('/v1/company');
    await session.show(company, () => textOf(session, company));
  },
});

/** `enishi company …` */
export const COMPANY: Group = {
  name: 'company',
  summary: 'the company, its contact point, its responsible officer',
  leaves: [show, set, contactPoint, publicMatters, officer],
};

function textOf(session: Session, company: Company): string {
  const { party, contactPoint: desk, publicMatters: matters, officer: person } = company;
  if (party === null)
    return `${session.t('会社の情報はまだありません。', 'The company is not described yet.')}\n`;
  const both = (value: unknown): string | undefined => {
    const { ja, en } = (value ?? {}) as { ja?: string; en?: string };
    return ja === undefined ? undefined : `${ja}${en === undefined ? '' : ` / ${en}`}`;
  };
  const name = (person?.name ?? {}) as { family?: string; given?: string };
  return facts([
    [session.t('会社', 'Company'), both(party.name)],
    [session.t('所在地', 'Address'), both(party.address)],
    [session.t('代表者', 'Representative'), both(party.representative)],
    [session.t('連絡先', 'Contact'), party.contact],
    [session.t('窓口', 'Contact point'), both(desk?.name)],
    [session.t('窓口の連絡先', 'Reached by'), [desk?.email, desk?.phone].filter(Boolean).join('  ')],
    [session.t('公表事項', 'Public matters'), matters ? session.t('登録済み', 'stated') : undefined],
    [session.t('管理責任者', 'Responsible officer'), [name.family, name.given].filter(Boolean).join(' ')],
    [session.t('役職', 'Title'), person?.title],
  ]);
}

function partyOf(flags: Flags): Json {
  const { nameJa, nameEn, addressJa, addressEn, representativeJa, representativeEn } = flags;
  const { contact, type, email, phone, website } = flags;
  return present({
    name: present({ ja: nameJa, en: nameEn }),
    address: present({ ja: addressJa, en: addressEn }),
    representative: present({ ja: representativeJa, en: representativeEn }),
    contact,
    type,
    email,
    phone,
    url: website,
  });
}

function contactPointOf({
  nameJa,
  nameEn,
  addressJa,
  addressEn,
  email,
  phone,
  hoursJa,
  hoursEn,
}: Flags): Json {
  return present({
    name: present({ ja: nameJa, en: nameEn }),
    address: present({ ja: addressJa, en: addressEn }),
    email,
    phone,
    hours: present({ ja: hoursJa, en: hoursEn }),
  });
}

function nothingGiven(): Error {
  return badInput('nothing-given', '設定する値がありません。', 'Nothing to set was given.', {
    ja: '--help で使い方が出ます。',
    en: 'Give --file or flags; see --help.',
  });
}
