import {
  pairOf,
  type Category,
  type ContactChannel,
  type EventType,
  type Instant,
  type JsonObject,
} from '@enishi/domain';
import * as fc from 'fast-check';
import { MemoryLedger, uuid } from './memory-ledger';

/** One step of a history: a kind by weight, and numbers that its details are taken from. */
type Step = readonly [kind: number, a: number, b: number, c: number, d: number];

const ALUMNI = 6;
const PURPOSES = 3;
const PROGRAMMES = 2;
export const START = Date.parse('2026-01-05T00:00:00.000Z');
const DAY = 86_400_000;
const CHANNELS: readonly ContactChannel[] = ['email', 'phone', 'sms', 'post', 'line', 'sns'];
const FAMILIES = ['髙橋', '﨑山', '田中', 'Tanaka', '渡邉', '森'];
const KANA = ['タカハシ', 'サキヤマ', 'タナカ', undefined, 'ワタナベ', 'モリ'];
const GIVEN = ['花子', '太郎', undefined, 'Ann', '健', '美咲'];
const DEPARTMENTS = ['営業部', '開発部', undefined, '総務部'];
const JOBS = ['営業', 'エンジニア', undefined];
const KINDS = ['regular', 'contract', 'dispatch', undefined];
const LEAVING = ['personal-reason', 'retirement-age', 'dismissal', 'contract-end', undefined];
const CATEGORY_SETS: readonly (readonly Category[])[] = [
  ['programme', 'contact'],
  ['contact'],
  ['programme'],
  ['contact', 'request-record'],
];

export const alumnusId = (n: number): string => uuid('alumnus', n % ALUMNI);
export const purposeId = (n: number): string => uuid('purpose', n % PURPOSES);
export const programmeId = (n: number): string => uuid('programme', n % PROGRAMMES);

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
const day = (n: number): string => new Date(Date.UTC(2000, 0, 1) + n * DAY).toISOString().slice(0, 10);
const bilingual = (text: string): JsonObject => ({ ja: text, en: text });

function channels(n: number): readonly ContactChannel[] {
  const some = CHANNELS.filter((_, index) => (n >> index) & 1);
  return some.length > 0 ? some : ['email'];
}

/** Whole years of service, often: rules in years then stand on the very boundary. */
function employment(b: number, c: number, d: number): JsonObject {
  const year = 2006 + (b % 15);
  return {
    department: pick(DEPARTMENTS, b),
    job: pick(JOBS, c),
    kind: pick(KINDS, d),
    joinedOn: `${year}-04-01`,
    leftOn: `${year + 1 + (c % 5)}-${d % 3 ? '03-31' : '02-10'}`,
    leavingKind: pick(LEAVING, b + d),
  };
}

function eligibility(n: number): JsonObject {
  const leaf = [
    { fact: 'service-months', atLeast: 12 * (1 + (n % 3)) },
    { fact: 'service-months', atMost: 12 * (1 + (n % 5)) },
    { fact: 'months-since-leaving', atMost: 100 + (n % 240) },
    { fact: 'months-since-leaving', atLeast: n % 200 },
    { fact: 'leaving-kind', in: [pick(LEAVING, n) ?? 'other', 'personal-reason'] },
    { fact: 'employment-kind', in: ['regular', pick(KINDS, n) ?? 'other'] },
    { fact: 'department', in: ['営業部', '総務部'] },
    { fact: 'job', in: ['エンジニア'] },
    { fact: 'amicable', is: n % 3 > 0 },
  ] as const;
  const one = (k: number): JsonObject => pick(leaf, k) as unknown as JsonObject;
  return pick(
    [
      one(n),
      { all: [one(n), { not: one(n + 3) }] },
      { any: [one(n), one(n + 4)] },
      { all: [] },
      { not: one(n) },
    ],
    n >> 3,
  ) as JsonObject;
}

function programmeContent(b: number, c: number): JsonObject {
  return {
    title: bilingual('制度'),
    description: bilingual('説明'),
    purposeIds: [0, 1, 2].filter((n) => ((b >> n) & 1) === 1 || n === c % 3).map(purposeId),
    channels: channels(b | 1),
    eligibility: eligibility(c),
    contractForms: [],
    reviewMonths: 12,
  };
}

function purposeContent(b: number, c: number): JsonObject {
  return {
    title: bilingual('目的'),
    notice: bilingual(`通知 ${c}`),
    categories: ['programme', 'contact'],
    channels: channels(b | 1),
    ...(c % 3 === 0 ? { validityMonths: 12 } : {}),
  };
}

/** Writes a history, step by step, keeping just enough state to be plausible. */
export function writeHistory(steps: readonly Step[], ledger = new MemoryLedger()): MemoryLedger {
  let now = START;
  const drafts = new Map<string, number>();
  const registered = new Set<string>();
  const employments = new Map<string, number>();
  const answers = new Map<string, string[]>();
  const grants = new Map<string, string[]>();
  const erasing = new Map<string, readonly Category[]>();
  const generations = new Map<string, number>();
  const holds = new Map<string, string[]>();
  const links = new Map<string, string>();
  const systems = new Set<string>();
  /** Entries of documents elsewhere: whether they are open. */
  const entries = new Map<string, boolean>();

  const add = (stream: string, type: EventType, data: JsonObject, back = 0): string => {
    const decidedAt: Instant = new Date(now).toISOString();
    const effectiveAt = new Date(now - back).toISOString();
    const alumnus = data['alumnusId'] as string | undefined;
    const generation = (category: Category): number => generations.get(`${alumnus} ${category}`) ?? 1;
    return ledger.append({ stream, type, data, decidedAt, effectiveAt, generation }).id;
  };

  /** Links two people, parts them, or says that they are two; also of somebody not registered, or not yet. */
  const pairUp = (a: number, b: number, c: number): void => {
    const pair = pairOf(alumnusId(a), alumnusId(a + 1 + (b % (ALUMNI - 1))));
    const stream = `link-${pair.alumnusId}.${pair.otherId}`;
    const linkId = links.get(stream);
    links.delete(stream);
    if (linkId !== undefined) add(stream, 'AlumniUnlinked', { ...pair, linkId, reason: 'two people' });
    else if (c % 4 === 3) add(stream, 'DuplicateDismissed', { ...pair, reason: 'two people' });
    else links.set(stream, add(stream, 'AlumniLinked', { ...pair, reason: 'one person' }));
  };

  /** A document in another system is stated, stated again, disposed of. */
  const heldElsewhere = (alumnus: string, b: number, d: number): void => {
    const entryId = uuid('entry', alumnus, b % 2);
    const stream = `lifecycle-${alumnus}`;
    const of = { alumnusId: alumnus, entryId };
    const stated = entries.get(entryId);
    if (stated && d % 3 === 0) {
      entries.set(entryId, false);
      add(stream, 'DisposalConfirmed', { ...of, disposedOn: day(9500), proof: 'certificate' });
    } else if (stated || !entries.has(entryId)) {
      entries.set(entryId, true);
      const anchors = d % 4 === 0 ? {} : { leaving: day(9000 + d) };
      add(stream, 'HeldElsewhereRecorded', {
        ...of,
        systemId: uuid('system', b % 2),
        document: 'roster',
        anchors,
      });
    }
  };

  for (const [kind, a, b, c, d] of steps) {
    now += (d % 40) * DAY * 0.7 + 1000;
    const alumnus = alumnusId(a);
    const purpose = purposeId(b);
    const programme = programmeId(b);
    const consent = `consent-${alumnus}.${purpose}`;
    const version = Math.max(1, (drafts.get(purpose) ?? 0) - (c % 3 === 0 ? 1 : 0));
    const of = { alumnusId: alumnus, purposeId: purpose, channels: channels(c) };
    const answer = {
      ...of,
      purposeVersion: version,
      captureChannel: 'paper',
      method: 'document',
      party: 'person',
      language: 'ja',
      noticeHash: 'a'.repeat(64),
      identityCheck: 'document-seen',
      ...(d % 2 ? { evidence: `evidence of ${a}` } : {}),
    };
    const back = d % 5 === 0 ? c * DAY : 0;
    const keep = (map: Map<string, string[]>, key: string, value: string): void => {
      map.set(key, [...(map.get(key) ?? []), value]);
    };

    if (kind < 2 && d % 2 === 1) {
      pairUp(a, b, c);
    } else if (kind < 2) {
      add('company', 'ResponsibleOfficerAppointed', {
        staffId: uuid('staff', a % 3),
        name: { family: pick(FAMILIES, a) },
      });
      const system = {
        systemId: uuid('system', b % 2),
        staffId: uuid('staff', a % 3),
        name: `システム ${c}`,
      };
      if (systems.has(system.systemId))
        add(`system-${system.systemId}`, 'SystemRevised', { ...system, responsible: pick(FAMILIES, c) });
      else
        add(`system-${system.systemId}`, 'SystemAdded', {
          ...system,
          code: 'payroll',
          responsible: pick(FAMILIES, b),
        });
      systems.add(system.systemId);
      add('company', 'CompanyDescribed', {
        companyId: uuid('company'),
        party: { name: bilingual(`会社 ${a}`) },
      });
    } else if (kind < 8) {
      const next = (drafts.get(purpose) ?? 0) + 1;
      drafts.set(purpose, next);
      const revision = next === 1 ? 'first' : pick(['editorial', 'related', 'beyond-scope'], c);
      const hashes = { noticeHashJa: 'b'.repeat(64), noticeHashEn: 'c'.repeat(64) };
      const draft = {
        purposeId: purpose,
        version: next,
        revision,
        code: 'rehire',
        content: purposeContent(a, c),
      };
      add(`purpose-${purpose}`, 'PurposeDrafted', { ...draft, ...hashes });
      // Publishing may say that it takes effect later.
      const ahead = d % 4 === 0 ? -10 * DAY : 0;
      if (d % 6)
        add(`purpose-${purpose}`, 'PurposePublished', { purposeId: purpose, version: next, revision }, ahead);
      if (d % 3 || next === 1) {
        add(`purpose-${purpose}`, 'NoticePublished', {
          purposeId: purpose,
          version: next,
          method: 'website',
          proof: 'url',
        });
      }
    } else if (kind < 9) {
      if (drafts.has(purpose) && d % 8 === 0)
        add(`purpose-${purpose}`, 'PurposeRetired', { purposeId: purpose });
    } else if (kind < 14) {
      const next = (drafts.get(programme) ?? 0) + 1;
      drafts.set(programme, next);
      const draft = {
        programmeId: programme,
        version: next,
        code: 'rehire',
        content: programmeContent(a, c),
      };
      add(`programme-${programme}`, 'ProgrammeDrafted', draft);
      add(`programme-${programme}`, 'ProgrammePublished', { programmeId: programme, version: next });
      if (d % 20 === 0) add(`programme-${programme}`, 'ProgrammeClosed', { programmeId: programme });
    } else if (kind < 34 || !registered.has(alumnus)) {
      if (registered.has(alumnus)) continue;
      registered.add(alumnus);
      employments.set(alumnus, 1);
      add(`alumnus-${alumnus}`, 'AlumnusRegistered', {
        alumnusId: alumnus,
        origin: 'hand',
        name: { family: pick(FAMILIES, a), given: pick(GIVEN, b) },
        ...(pick(KANA, a) ? { kana: { family: pick(KANA, a) } } : {}),
        ...(c % 4 === 0 ? { formerNames: ['旧姓'] } : {}),
        ...(d % 2 ? { birthDate: day(c % 3) } : {}),
        ...((b + 1) % 3 ? { email: `person${a}@example.jp` } : {}),
        ...(c % 3 ? { phone: '+819012345678' } : {}),
        ...(d % 3 ? { postalAddress: '東京都千代田区' } : {}),
        ...(d % 4 ? { lineId: `line${a}` } : {}),
        leavingReason: 'reason',
        employment: employment(b, c, d),
      });
    } else if (kind < 37) {
      employments.set(alumnus, (employments.get(alumnus) ?? 0) + 1);
      add(`alumnus-${alumnus}`, 'EmploymentAdded', { alumnusId: alumnus, employment: employment(b, c, d) });
    } else if (kind < 40) {
      const index = c % (employments.get(alumnus) ?? 1);
      add(`alumnus-${alumnus}`, 'EmploymentCorrected', {
        alumnusId: alumnus,
        index,
        employment: employment(b, c, d),
      });
    } else if (kind < 44 && c % 4 === 3) {
      // An import undone: what it brought is taken back, or all that it knew of the person.
      const undone = { alumnusId: alumnus, importId: uuid('import', c) };
      const index = (employments.get(alumnus) ?? 1) - 1;
      const stream = `alumnus-${alumnus}`;
      if (d % 4 === 0) {
        registered.delete(alumnus);
        add(stream, 'RegistrationUndone', undone);
      } else if (d % 4 === 1)
        add(stream, 'EmploymentRemoved', { ...undone, index, returnStands: b % 2 === 0 });
      else if (d % 4 === 2)
        add(stream, 'EmploymentReverted', {
          ...undone,
          index,
          employment: employment(b, c, d),
          stated: true,
        });
      else
        add(stream, 'AlumnusReverted', {
          ...undone,
          email: null,
          lineId: 'before',
          changed: ['email', 'lineId'],
        });
    } else if (kind < 44) {
      const changed = {
        name: { family: pick(FAMILIES, b), given: pick(GIVEN, c) },
        email: d % 2 ? null : 'new@example.jp',
      };
      add(`alumnus-${alumnus}`, 'AlumnusCorrected', {
        alumnusId: alumnus,
        ...changed,
        changed: ['name', 'email'],
      });
    } else if (kind < 46) {
      const returnedOn = d % 3 ? { returnedOn: day(c % 2 ? 4000 : 9500) } : {};
      if (d % 4) add(`alumnus-${alumnus}`, 'AlumnusReturned', { alumnusId: alumnus, ...returnedOn });
      else if (d % 4 === 0)
        add(`alumnus-${alumnus}`, 'AlumnusDeathRecorded', { alumnusId: alumnus, diedOn: day(9500) });
    } else if (kind < 50) {
      const { evidence: _, method: __, party: ___, identityCheck: ____, ...asked } = answer;
      add(consent, 'ConsentRequested', asked);
    } else if (kind < 72) {
      const expiresAt = d % 3 === 0 ? { expiresAt: new Date(now + (c + 1) * 10 * DAY).toISOString() } : {};
      const incomplete = d % 7 === 6 ? { evidenceIncomplete: true } : {};
      const id = add(consent, 'ConsentGranted', { ...answer, ...expiresAt, ...incomplete }, back);
      keep(answers, consent, id);
      keep(grants, consent, id);
    } else if (kind < 76) {
      keep(answers, consent, add(consent, 'ConsentRefused', answer, back));
    } else if (kind < 82) {
      const { language: _, noticeHash: __, purposeVersion: ___, ...withdrawal } = answer;
      keep(answers, consent, add(consent, 'ConsentWithdrawn', withdrawal, back));
    } else if (kind < 84 && c % 2 === 0) {
      const approved = grants.get(consent)?.at(-1);
      const about = { alumnusId: alumnus, purposeId: purpose };
      if (approved) add(consent, 'ConsentEvidenceApproved', { ...about, approved });
    } else if (kind < 84) {
      const grantId = grants.get(consent)?.[0];
      if (grantId) add(consent, 'ConsentExpired', { ...of, grantId });
    } else if (kind < 88) {
      const given = answers.get(consent) ?? [];
      const voided = given[c % Math.max(1, given.length)];
      if (voided)
        add(consent, 'ConsentInvalidated', {
          alumnusId: alumnus,
          purposeId: purpose,
          voided,
          reason: 'in error',
        });
    } else if (kind < 91 && c % 6 === 5) {
      heldElsewhere(alumnus, b, d);
    } else if (kind < 91) {
      const holdId = uuid('hold', alumnus, ledger.records.length);
      keep(holds, alumnus, holdId);
      const hold = {
        alumnusId: alumnus,
        holdId,
        stopsContact: d % 2 === 0,
        reviewAt: new Date(now + DAY).toISOString(),
      };
      add(`lifecycle-${alumnus}`, 'HoldPlaced', { ...hold, reason: 'hold' });
    } else if (kind < 94) {
      const holdId = holds.get(alumnus)?.pop();
      if (holdId) add(`lifecycle-${alumnus}`, 'HoldReleased', { alumnusId: alumnus, holdId });
    } else if (kind < 97) {
      if (erasing.has(alumnus)) continue;
      const categories = pick(CATEGORY_SETS, c);
      erasing.set(alumnus, categories);
      add(`lifecycle-${alumnus}`, 'ErasureStarted', { alumnusId: alumnus, categories });
    } else {
      const categories = erasing.get(alumnus);
      if (!categories) continue;
      erasing.delete(alumnus);
      add(`lifecycle-${alumnus}`, 'ErasureCompleted', { alumnusId: alumnus, categories });
      for (const category of categories) {
        const key = `${alumnus} ${category}`;
        generations.set(key, (generations.get(key) ?? 1) + 1);
      }
    }
  }
  return ledger;
}

const small = fc.nat({ max: 63 });
const anything = fc.tuple(fc.nat({ max: 99 }), small, small, small, small);
/** Few people, one purpose, one channel: answers, requests, expiries and revisions meet. */
const entangled = fc.tuple(
  fc.constantFrom(1, 6, 30, 35, 44, 45, 47, 47, 52, 60, 70, 74, 78, 78, 86),
  fc.nat({ max: 2 }),
  fc.constant(0),
  fc.constantFrom(1, 4, 5, 9, 13),
  small,
);

/** Random plausible histories: everybody comes and goes, purposes change, answers are late, voided, withdrawn. */
export function histories(maxLength = 120): fc.Arbitrary<MemoryLedger> {
  const begin: readonly Step[] = [
    [3, 1, 0, 1, 1],
    [3, 3, 1, 1, 1],
    [10, 7, 0, 1, 1],
  ];
  const long = fc.array(anything, { minLength: 1, maxLength, size: 'max' });
  const short = fc.array(anything, { minLength: 1, maxLength: Math.min(maxLength, 30), size: 'max' });
  const dense = fc.array(entangled, { minLength: 1, maxLength: Math.min(maxLength, 50), size: 'max' });
  return fc
    .oneof(
      long.map((steps) => [...begin, ...steps]),
      short,
      dense.map((steps) => [...begin.slice(0, 1), ...steps]),
    )
    .map((steps) => writeHistory(steps))
    .filter(({ records }) => records.length > 0)
    .map((ledger) => Object.assign(ledger, { toString: () => ledger.records.map((r) => r.type).join(' ') }));
}

/** Short histories of meetings too rare for chance. */
export function directedHistories(): readonly MemoryLedger[] {
  const begin: readonly Step[] = [
    [3, 1, 0, 1, 1],
    [30, 0, 0, 1, 1],
  ];
  const stories: readonly (readonly Step[])[] = [
    // A consent from before a return that a later leaving has ended.
    [
      [60, 0, 0, 1, 1],
      [45, 0, 0, 1, 1],
      [35, 0, 10, 4, 1],
    ],
    // Returned, left again, then erased: what ended the return can no longer be read.
    [
      [45, 0, 0, 1, 1],
      [35, 0, 10, 4, 1],
      [94, 0, 0, 2, 1],
    ],
    // Asked again while the consent still stands; then it expires.
    [
      [60, 0, 0, 1, 3],
      [47, 0, 0, 1, 1],
    ],
    // Consented, the purpose changed beyond its scope, asked anew; and asked again after a return.
    [
      [60, 0, 0, 1, 1],
      [6, 1, 0, 2, 1],
      [47, 0, 0, 1, 1],
    ],
    [
      [60, 0, 0, 1, 1],
      [45, 0, 0, 1, 1],
      [35, 0, 10, 4, 1],
      [47, 0, 0, 1, 1],
    ],
    // Asked once more before either happened: that question is closed.
    [
      [60, 0, 0, 1, 1],
      [47, 0, 0, 1, 1],
      [6, 1, 0, 2, 1],
    ],
    [
      [60, 0, 0, 1, 1],
      [47, 0, 0, 1, 1],
      [45, 0, 0, 1, 1],
      [35, 0, 10, 4, 1],
    ],
    // Erased as far as the name goes; the address is still there.
    [
      [60, 0, 0, 1, 1],
      [94, 0, 0, 2, 1],
    ],
    // Granted for the old version when the new one was already in force.
    [
      [6, 1, 0, 2, 1],
      [60, 0, 0, 3, 1],
    ],
    // A programme for departments.
    [
      [10, 1, 0, 6, 1],
      [60, 0, 0, 1, 1],
    ],
    [[72, 0, 0, 1, 1]],
    // A hold that stops every contact.
    [
      [60, 0, 0, 1, 1],
      [88, 0, 0, 0, 2],
    ],
    // Registered by an import that was undone; and registered again.
    [[42, 0, 0, 3, 4]],
    [
      [60, 0, 0, 1, 1],
      [42, 0, 0, 3, 4],
      [30, 0, 0, 1, 1],
    ],
    // Consented with incomplete evidence; and approved; and asked anew instead.
    [[60, 0, 0, 1, 6]],
    [
      [60, 0, 0, 1, 6],
      [82, 0, 0, 2, 1],
    ],
    [
      [60, 0, 0, 1, 6],
      [47, 0, 0, 1, 1],
    ],
    // Consented, then died; no programme says who is eligible.
    [
      [60, 0, 0, 1, 1],
      [45, 0, 0, 1, 0],
    ],
    // Returned, and consents nevertheless.
    [
      [45, 0, 0, 1, 1],
      [60, 0, 0, 1, 1],
    ],
    // Linked as one person: both consented, having left on the same day; or one later; one withdrew, refused, died.
    [
      [30, 1, 0, 1, 1],
      [60, 0, 0, 1, 1],
      [60, 1, 0, 1, 1],
      [1, 0, 0, 0, 1],
    ],
    [
      [30, 1, 3, 1, 1],
      [60, 0, 0, 1, 1],
      [60, 1, 0, 1, 1],
      [1, 0, 0, 0, 1],
    ],
    [
      [30, 1, 0, 1, 1],
      [60, 0, 0, 1, 1],
      [78, 1, 0, 1, 1],
      [1, 0, 0, 0, 1],
    ],
    [
      [1, 0, 0, 0, 1],
      [30, 1, 0, 1, 1],
      [60, 0, 0, 1, 1],
      [74, 1, 0, 1, 1],
    ],
    [
      [30, 1, 0, 1, 1],
      [1, 0, 0, 0, 1],
      [45, 1, 0, 1, 0],
    ],
    // Granted and withdrawn before the version could be used.
    [
      [6, 1, 0, 2, 4],
      [60, 0, 0, 1, 1],
      [78, 0, 0, 1, 1],
    ],
  ];
  // Each rule of the pool before six people who differ, two of them with facts missing, all of whom consented.
  const leavers: readonly Step[] = [
    [30, 0, 0, 1, 1],
    [30, 1, 6, 2, 3],
    [30, 2, 1, 4, 2],
    [30, 3, 3, 0, 1],
    [30, 4, 0, 3, 4],
    [30, 5, 12, 4, 1],
  ];
  const consents = leavers.map(([, a]): Step => [60, a, 0, 1, 1]);
  const rules = [0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 24, 32, 33, 34, 35, 36, 38, 39, 40];
  return [
    ...stories.map((story) => writeHistory([...begin, ...story])),
    ...rules.map((rule) => writeHistory([[3, 1, 0, 1, 1], [10, 1, 0, rule, 1], ...leavers, ...consents])),
  ];
}

/** The keys that an erasure in this history destroys, as {@link PlainVault} names them. */
export function keysErased(ledger: MemoryLedger): readonly string[] {
  const completed = new Map<string, number>();
  const keys: string[] = [];
  for (const { type, data } of ledger.records) {
    if (type !== 'ErasureStarted' && type !== 'ErasureCompleted') continue;
    for (const category of data['categories'] as readonly string[]) {
      const key = `alumnus:${String(data['alumnusId'])} ${category}`;
      const generation = (completed.get(key) ?? 0) + 1;
      if (type === 'ErasureStarted') keys.push(`${key} ${generation}`);
      else completed.set(key, generation);
    }
  }
  return keys;
}
