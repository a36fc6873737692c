import { randomUUID } from 'node:crypto';
import {
  declarationOf,
  EVENTS,
  type Category,
  type EventDeclaration,
  type EventType,
  type JsonObject,
  type NewEvent,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Subject, Vault } from '@enishi/vault';
import iconv from 'iconv-lite';
import { EXAMPLES } from '../events/examples';
import { House, recorded } from '../vault/house';
import { found, tracesOf } from './traces';

jest.setTimeout(60_000);

/** A sealed field of an event, with a word that is nowhere else. */
interface Canary {
  readonly type: EventType;
  readonly field: string;
  readonly word: string;
}

/** Without a digit, which stays as it is where all else is escaped. */
function inKanji(number: number): string {
  return String(number)
    .padStart(4, '0')
    .replaceAll(/\d/g, (digit) => '零一二三四五六七八九'[Number(digit)]!);
}

/** One for every sealed field of the disclosure table: a new field has one too. */
const CANARIES: readonly Canary[] = Object.entries(EVENTS as Readonly<Record<string, EventDeclaration>>)
  .flatMap(([type, { fields }]) =>
    Object.keys(fields)
      .filter((field) => fields[field]!.kind === 'sealed')
      .map((field) => ({ type: type as EventType, field })),
  )
  .map((one, index) => ({ ...one, word: `幻鶲${inKanji(index)}翡翠` }));
const TYPES = [...new Set(CANARIES.map(({ type }) => type))];
const TRACES = CANARIES.flatMap(({ word }) => tracesOf(word));
const SCAN = '梟のスキャン';
const MAIL = '木菟のメール';

const eventOf = (type: EventType): NewEvent => {
  const own = CANARIES.filter((one) => one.type === type).map(({ field, word }) => [field, word]);
  return { type, data: { ...EXAMPLES[type], ...Object.fromEntries(own) } } as NewEvent;
};
const subjectOf = (type: EventType): Subject => {
  const { kind, field } = declarationOf(type).subject!;
  return `${kind}:${String((EXAMPLES[type] as unknown as JsonObject)[field])}`;
};
/** What is stored of the events, and every row of the vault. */
async function stored(house: House, records: readonly RecordedEvent[]): Promise<Buffer> {
  const { rows: tables } = await house.owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'vault'`,
  );
  const texts = [JSON.stringify(records.map(({ data }) => data))];
  for (const { name } of tables) {
    const { rows } = await house.owner.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return Buffer.from(texts.join('\n'));
}

describe('a word in every field that is sealed', () => {
  let house: House;
  let vault: Vault;
  let records: readonly RecordedEvent[];
  const keptOf: { subject: Subject; artefactId: string }[] = [];

  const opened = async (): Promise<string> =>
    JSON.stringify((await vault.openFacts(records)).map(({ data }) => data));

  beforeAll(async () => {
    house = await House.build();
    vault = await house.open();
    const lease = vault.lease();
    const placed = TYPES.map((type) => ({
      stream: `stream-${type}`,
      id: randomUUID(),
      event: eventOf(type),
    }));
    const sealed = await lease.seal(placed);
    lease.release();
    records = placed.map(({ stream, id, event: { type } }, index) =>
      recorded(stream, id, type, sealed[index]!, declarationOf(type).version),
    );
    for (const [subject, category, word] of [
      [subjectOf('ConsentGranted'), 'consent-evidence', SCAN],
      [subjectOf('RequestReceived'), 'request-record', MAIL],
    ] as const) {
      const { artefactId } = await vault.artefacts.put(subject, category, Buffer.from(word));
      keptOf.push({ subject, artefactId });
    }
  });
  afterAll(() => house.tearDown());

  it('is found in what is opened, in every encoding that is looked for', async () => {
    expect(CANARIES.length).toBeGreaterThan(100);
    const text = await opened();
    const words = (haystack: Buffer | string) =>
      new Set(found(haystack, TRACES).map((hit) => hit.slice(0, CANARIES[0]!.word.length)));
    const all = new Set(CANARIES.map(({ word }) => word));
    const escaped = text.replaceAll(
      /[^\0-\x7f]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    for (const haystack of [text, iconv.encode(text, 'cp932'), Buffer.from(text).toString('base64'), escaped])
      expect(words(haystack)).toEqual(all);
    for (const [index, word] of [SCAN, MAIL].entries()) {
      const { subject, artefactId } = keptOf[index]!;
      expect(Buffer.from(await vault.artefacts.get(subject, artefactId)).toString()).toBe(word);
    }
  });

  it('is in nothing that is stored, before and after', async () => {
    const traces = [...TRACES, ...[SCAN, MAIL].flatMap(tracesOf)];
    expect(found(await stored(house, records), traces)).toEqual([]);
  });

  it('is nowhere once the keys are destroyed, and the events say which categories', async () => {
    const before = await vault.liveKeys([...new Set(TYPES.map(subjectOf))]);
    expect(before.length).toBeGreaterThan(5);
    await vault.closeKeys(before, 'erasure-1', 'erasure');
    await vault.destroyKeys(
      before.map((slot) => ({ ...slot, planEventId: 'event-1' })),
      'erasure-1',
      'erasure',
    );
    expect(found(await opened(), TRACES)).toEqual([]);
    const facts = await vault.openFacts(records);
    for (const [index, { type, erased }] of facts.entries()) {
      const sealed = records[index]!.data['sealed'] as unknown as readonly { readonly category: Category }[];
      expect([type, erased]).toEqual([type, sealed.map(({ category }) => category)]);
    }
    for (const { subject, artefactId } of keptOf)
      await expect(vault.artefacts.get(subject, artefactId)).rejects.toMatchObject({ code: 'key-closed' });
    expect(found(await stored(house, records), TRACES)).toEqual([]);
  });
});
