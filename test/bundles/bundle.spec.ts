import { createHash, createPublicKey, verify } from 'node:crypto';
import { alumnusStream, consentStream } from '@enishi/application/ledger';
import {
  consentLines,
  inScope,
  readLeafText,
  voidsOf,
  type BundleScope,
  type DisclosureLine,
  type HistoryLine,
  type Manifest,
  type PersonLine,
  type RunLine,
  type StreamLine,
} from '@enishi/bundle';
import { readAuditTrail } from '@enishi/projections/audit-trail/query';
import { readConsentHistory } from '@enishi/projections/consent-history/query';
import {
  canonical,
  commitment,
  readCheckpoint,
  readNote,
  readNoteKey,
  signersOf,
  verifyConsistency,
  verifyRange,
} from '@enishi/transparency';
import { verifyBundle } from '@enishi/verification';
import { NODE } from '@enishi/verification-node';
import { drawNextKey, sha256 } from '@enishi/worker';
import { EXAMPLES } from '../events/examples';
import { aPerson, openBundleLedger, type BundleLedger, type MadeBundle } from './bundle-ledger';

jest.setTimeout(120_000);

const tools = {
  hash: sha256,
  verify: (bytes: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') };
    return verify(null, message, createPublicKey({ key, format: 'jwk' }), signature);
  },
};
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const HANAKO = aPerson();
const JIRO = aPerson();
const NOBODY = aPerson();
const { purposeId } = EXAMPLES.ConsentGranted;
const OTHER_PURPOSE = aPerson();
const BATCH = aPerson();

describe('a bundle', () => {
  let opened: BundleLedger;
  let voided: string;
  let struckOut: string;
  let sizes: [number, number];

  const consent = (alumnusId: string, of = purposeId) => ({
    ...EXAMPLES.ConsentGranted,
    alumnusId,
    purposeId: of,
  });
  const registered = (alumnusId: string, email: string, employeeNumber: string) => ({
    ...EXAMPLES.AlumnusRegistered,
    alumnusId,
    email,
    employeeNumber,
  });

  beforeAll(async () => {
    opened = await openBundleLedger('bundles');
    const { record } = opened;
    for (const id of [purposeId, OTHER_PURPOSE])
      await record(`purpose-${id}`, 'PurposeDrafted', { ...EXAMPLES.PurposeDrafted, purposeId: id });
    await record(alumnusStream(HANAKO), 'AlumnusRegistered', registered(HANAKO, 'hanako@example.jp', 'N-1'));
    await record(alumnusStream(JIRO), 'AlumnusRegistered', registered(JIRO, 'jiro@example.jp', 'N-2'));
    await record(consentStream(HANAKO, purposeId), 'ConsentGranted', consent(HANAKO), { batchId: BATCH });
    await record(consentStream(HANAKO, OTHER_PURPOSE), 'ConsentGranted', consent(HANAKO, OTHER_PURPOSE));
    const first = await opened.seal();
    const withdrawal = { ...EXAMPLES.ConsentWithdrawn, alumnusId: HANAKO, purposeId };
    await record(consentStream(HANAKO, purposeId), 'ConsentWithdrawn', withdrawal);
    voided = await record(consentStream(JIRO, purposeId), 'ConsentGranted', consent(JIRO));
    const invalidation = { ...EXAMPLES.ConsentInvalidated, alumnusId: JIRO, purposeId, voided };
    struckOut = await record(consentStream(JIRO, purposeId), 'ConsentInvalidated', invalidation);
    const changed = ['email', 'phone'] as const;
    const correction = { alumnusId: HANAKO, changed, email: 'h@example.jp', phone: null };
    await record(alumnusStream(HANAKO), 'AlumnusCorrected', correction);
    await opened.erase(JIRO, 'contact', 'consent-evidence');
    sizes = [first, await opened.seal()];
    // Behind the checkpoint: in no bundle.
    await record(consentStream(NOBODY, purposeId), 'ConsentGranted', consent(NOBODY));
    const asked = { ...EXAMPLES.ConsentRequested, alumnusId: JIRO, purposeId };
    await record(consentStream(JIRO, purposeId), 'ConsentRequested', asked);
  });
  afterAll(() => opened?.close());

  /** Holds a bundle against its own manifest, checkpoint and key, as an outsider would. */
  async function holds({ zip, files, lines, text }: MadeBundle): Promise<Manifest> {
    const manifest = JSON.parse(text('manifest.json')) as Manifest;
    expect(canonical(manifest)).toBe(text('manifest.json'));
    const listed = [...files.keys()].filter((name) => !name.startsWith('manifest.'));
    expect(Object.keys(manifest.files).sort()).toEqual(listed.sort());
    for (const [name, entry] of Object.entries(manifest.files)) {
      const bytes = files.get(name)!;
      const isLines = name.endsWith('.jsonl');
      const counted = isLines && { lines: bytes.filter((byte) => byte === 0x0a).length };
      expect([name, entry]).toEqual([name, { bytes: bytes.length, sha256: hex(bytes), ...counted }]);
    }
    const keys = text('keys.txt').trim().split('\n');
    const key = readNoteKey(keys.at(-1)!, sha256);
    const signed = readNote(text('manifest.sig'));
    expect(signersOf(signed, [key], tools)).toEqual([key]);
    expect(signed.text).toBe(
      `enishi-bundle/1\n${Buffer.from(sha256(files.get('manifest.json')!)).toString('base64')}\n`,
    );
    const { checkpoint, note } = readCheckpoint(text('checkpoints/current.txt'));
    expect(signersOf(note, [key], tools)).toEqual([key]);
    expect(manifest.checkpoint).toEqual({
      root: Buffer.from(checkpoint.root).toString('base64'),
      size: checkpoint.size,
    });
    const leaves = text('events.jsonl').split('\n').slice(0, -1);
    for (const { from, to, path } of lines<RunLine>('proofs.jsonl')) {
      const run = leaves.splice(0, to - from).map((leaf) => sha256(Buffer.from(`\0${leaf}`)));
      const nodes = path.map((node) => Buffer.from(node, 'base64'));
      expect([from, verifyRange(from, run, nodes, checkpoint, sha256)]).toEqual([from, true]);
    }
    expect(leaves).toEqual([]);
    for (const { note: earlier, path } of lines<HistoryLine>('checkpoints/history.jsonl')) {
      const older = readCheckpoint(earlier);
      const all = keys.map((line) => readNoteKey(line, sha256));
      expect(signersOf(older.note, all, tools)).not.toEqual([]);
      const nodes = path.map((node) => Buffer.from(node, 'base64'));
      expect(verifyConsistency(older.checkpoint, checkpoint, nodes, sha256)).toBe(true);
    }
    const source = { size: zip.length, read: async (from: number, to: number) => zip.subarray(from, to) };
    expect(await verifyBundle(source, NODE)).toMatchObject({ outcome: 'verified', findings: [] });
    return manifest;
  }

  /** Its events, each at its place. */
  const eventsOf = ({ text, lines }: MadeBundle) => {
    const places = lines<RunLine>('proofs.jsonl').flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, at) => from + at),
    );
    return text('events.jsonl')
      .split('\n')
      .slice(0, -1)
      .map((line, at) => readLeafText(line, places[at]!));
  };

  /** What the view shows, as the lines of a bundle have it. */
  async function shownBy(alumnusId: string) {
    const { pool } = opened.room;
    const { rows } = await readConsentHistory(pool, { alumnusId, limit: 500 });
    const { rows: leaves } = await pool.query<{ position: string; number: string }>(
      'SELECT position, number FROM leaves.leaf',
    );
    const leafOf = new Map(leaves.map(({ position, number }) => [position, Number(number) - 1]));
    return rows
      .map(({ position, ...entry }) => ({ leaf: leafOf.get(String(position))!, ...entry }))
      .filter(({ leaf }) => leaf < sizes[1]);
  }

  it('of consents holds whole streams, and lines that are those of the view', async () => {
    const made = await opened.bundle({ of: 'consents' });
    const manifest = await holds(made);
    expect([...made.files.keys()]).toEqual([
      'README.ja.txt',
      'README.en.txt',
      'checkpoints/current.txt',
      'checkpoints/history.jsonl',
      'keys.txt',
      'events.jsonl',
      'proofs.jsonl',
      'streams.jsonl',
      'disclosures.jsonl',
      'data/consents.jsonl',
      'data/consents.csv',
      'manifest.json',
      'manifest.sig',
    ]);
    expect(manifest).toMatchObject({
      level: 'none',
      scope: { of: 'consents' },
      checkpoint: { size: sizes[1] },
    });
    expect(made.lines<StreamLine>('streams.jsonl')).toEqual(
      [
        { events: 2, stream: consentStream(HANAKO, purposeId) },
        { events: 1, stream: consentStream(HANAKO, OTHER_PURPOSE) },
        { events: 2, stream: consentStream(JIRO, purposeId) },
        { events: 2, stream: `lifecycle-${JIRO}` },
        { events: 1, stream: `purpose-${purposeId}` },
        { events: 1, stream: `purpose-${OTHER_PURPOSE}` },
      ].sort((a, b) => (a.stream < b.stream ? -1 : 1)),
    );
    const expected = [...(await shownBy(HANAKO)), ...(await shownBy(JIRO))];
    const lines = made.lines<{ leaf: number; eventId: string; voidedBy?: string }>('data/consents.jsonl');
    expect(lines).toEqual(expected.sort((a, b) => a.leaf - b.leaf));
    expect(lines.find(({ eventId }) => eventId === voided)?.voidedBy).toBe(struckOut);
    expect(made.text('data/consents.csv').split('\r\n')).toHaveLength(lines.length + 2);
    expect(made.text('disclosures.jsonl')).toBe('');
    expect(made.people).toEqual([HANAKO, JIRO].sort());
  });

  it('has lines that anybody can compute from its events', async () => {
    const scopes: BundleScope[] = [
      { of: 'consents', alumni: [HANAKO] },
      { of: 'consents', purpose: OTHER_PURPOSE },
      { of: 'consents', kind: 'withdrawn' },
      { of: 'consents', batch: BATCH },
      { of: 'consents', alumni: [JIRO], to: new Date(Date.now() + 60_000).toISOString() },
      { of: 'consents', from: new Date(Date.now() + 60_000).toISOString() },
    ];
    const counts: number[] = [];
    for (const scope of scopes) {
      const made = await opened.bundle(scope);
      expect((await holds(made)).scope).toEqual(scope);
      const events = eventsOf(made);
      const meant = events.filter((event) => inScope(scope, event));
      const lines = made.lines('data/consents.jsonl');
      expect(lines).toEqual([...consentLines(meant, voidsOf(events))]);
      counts.push(lines.length);
    }
    expect(counts).toEqual([3, 1, 1, 1, 2, 0]);
  });

  it('of the trail has every event of its streams, and lines that are those of the view', async () => {
    const scope: BundleScope = { of: 'trail', alumni: [HANAKO] };
    const made = await opened.bundle(scope);
    await holds(made);
    const { rows } = await readAuditTrail(opened.room.pool, { alumnusId: HANAKO, limit: 500 });
    const expected = rows.map(({ position: _, data: fields, ...row }) => ({ ...row, fields }));
    const lines = made.lines<{ leaf: number }>('data/trail.jsonl').map(({ leaf: _, ...line }) => line);
    expect(lines).toEqual(expected);
    expect(made.text('data/trail.csv')).toContain('AlumnusCorrected');
    const system = await opened.bundle({ of: 'trail', actor: 'system:sealer' });
    await holds(system);
    expect(system.lines('streams.jsonl')).toEqual([{ events: 1, stream: 'checkpoint' }]);
  });

  it('of the ledger has every leaf, in one run', async () => {
    const made = await opened.bundle({ of: 'ledger' });
    await holds(made);
    expect(made.lines('proofs.jsonl')).toEqual([{ from: 0, to: sizes[1], path: [] }]);
    expect(made.text('streams.jsonl')).toBe('');
    expect([...made.files.keys()].some((name) => name.startsWith('data/'))).toBe(false);
  });

  it('proves an earlier checkpoint to whoever kept it', async () => {
    const kept = await opened.bundle({ of: 'consents', alumni: [HANAKO] }, 'none', [sizes[0]]);
    await holds(kept);
    const found = kept
      .lines<HistoryLine>('checkpoints/history.jsonl')
      .map(({ note }) => readCheckpoint(note).checkpoint.size);
    expect(found).toContain(sizes[0]);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  it.each(['masked', 'full'] as const)(
    'at level %s shows values that explain the commitments, and says what is erased',
    async (level) => {
      const made = await opened.bundle({ of: 'consents' }, level);
      await holds(made);
      const events = new Map(eventsOf(made).map((event) => [event.id, event]));
      const lines = made.lines<DisclosureLine>('disclosures.jsonl');
      for (const line of lines) {
        const groups = events.get(line.event)!.data['sealed'] as unknown as readonly {
          readonly category: string;
          readonly commitments: Readonly<Record<string, string>>;
        }[];
        const group = groups.find(({ category }) => category === line.category)!;
        if ('erased' in line) continue;
        const made = commitment(sha256, Buffer.from(line.salt, 'base64'), canonical(line.value));
        expect(Buffer.from(made).toString('hex')).toBe(group.commitments[line.field]);
      }
      const erased = lines.flatMap((line) => ('erased' in line ? [line.category] : []));
      expect(new Set(erased)).toEqual(
        new Set(level === 'full' ? ['contact', 'consent-evidence'] : ['contact']),
      );
      const people = made.lines<PersonLine>('data/people.jsonl');
      expect(people.map(({ alumnus }) => alumnus)).toEqual([HANAKO, JIRO].sort());
      const hanako = people.find(({ alumnus }) => alumnus === HANAKO)!;
      const jiro = people.find(({ alumnus }) => alumnus === JIRO)!;
      expect(hanako.name).toMatchObject({ state: 'proven', value: EXAMPLES.AlumnusRegistered.name });
      expect(hanako.email).toMatchObject(
        level === 'full'
          ? { state: 'proven', value: 'h@example.jp' }
          : { state: 'masked', value: '***@example.jp' },
      );
      expect(jiro.email!.state).toBe('erased');
      expect(jiro.employeeNumber).toMatchObject({ state: 'proven', value: 'N-2' });
      const all = [...made.files.values()].map(String).join('\n');
      expect(all.includes('hanako@example.jp')).toBe(level === 'full');
      expect(hanako.phone?.value).toBeUndefined();
      expect(all).not.toContain('jiro@example.jp');
      expect(all.includes(EXAMPLES.ConsentGranted.evidence!)).toBe(level === 'full');
      expect(all).not.toContain(EXAMPLES.AlumnusRegistered.leavingReason!);
      expect(made.text('data/people.csv')).toContain('[erased]');
    },
  );

  it('waits for a checkpoint that covers something of it', async () => {
    const refused = opened.bundle({ of: 'consents', alumni: [NOBODY] });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'not-covered', status: 409 } });
    const nobody = await opened.bundle({ of: 'consents', alumni: [aPerson()] });
    await holds(nobody);
    expect(nobody.text('events.jsonl')).toBe('');
  });

  it('lets go of its connection however it ends, and few are made at once', async () => {
    const question = { scope: { of: 'consents', alumni: [HANAKO] }, level: 'none', since: [] } as const;
    for (let times = 0; times < 5; times += 1) {
      const unlogged = await opened.bundles.open(question, () => Promise.reject(new Error('no access log')));
      const read = async () => {
        for await (const part of unlogged.chunks) expect(part.length).toBeGreaterThan(0);
      };
      await expect(read()).rejects.toThrow('no access log');
      const { chunks } = await opened.bundles.open(question, () => Promise.resolve());
      await (chunks as AsyncIterable<Buffer>)[Symbol.asyncIterator]().return!();
    }
    const held = await Promise.all(
      Array.from({ length: 4 }, () => opened.bundles.open(question, () => Promise.resolve())),
    );
    const fifth = opened.bundles.open(question, () => Promise.resolve());
    await expect(fifth).rejects.toMatchObject({ problem: { code: 'bundles-busy', status: 503 } });
    for (const { chunks } of held) await (chunks as AsyncIterable<Buffer>)[Symbol.asyncIterator]().return!();
    await holds(await opened.bundle(question.scope));
  });

  it('names each key that was in force, and is signed by the one of its checkpoint', async () => {
    const { ledger, pool } = opened.room;
    const scope = { of: 'consents', alumni: [HANAKO] } as const;
    const next = await drawNextKey(ledger, pool);
    const waiting = await opened.bundle(scope);
    await holds(waiting);
    expect(waiting.text('keys.txt')).not.toContain(next.line);
    // The checkpoint that changes the key, then one behind it.
    for (const times of [1, 2]) {
      await opened.seal();
      const made = await opened.bundle(scope);
      await holds(made);
      expect([times, made.text('keys.txt')]).toEqual([times, `${waiting.text('keys.txt')}${next.line}\n`]);
      const asked = { ...EXAMPLES.ConsentRequested, alumnusId: NOBODY, purposeId };
      await opened.record(consentStream(NOBODY, purposeId), 'ConsentRequested', asked);
    }
  });

  it('made after items were erased verifies: erased for these, proven for the rest, and recorded', async () => {
    const [alumnusId, email, phone] = [aPerson(), 'saburo@example.jp', '+81312345678'];
    await opened.record(consentStream(alumnusId, purposeId), 'ConsentGranted', consent(alumnusId));
    const person = { ...registered(alumnusId, email, 'N-3'), phone };
    await opened.record(alumnusStream(alumnusId), 'AlumnusRegistered', person);
    await opened.eraseItems(alumnusId, 'phone', 'employeeNumber');
    await opened.seal();
    for (const level of ['masked', 'full'] as const) {
      const made = await opened.bundle({ of: 'consents', alumni: [alumnusId] }, level);
      const source = {
        size: made.zip.length,
        read: async (from: number, to: number) => made.zip.subarray(from, to),
      };
      const { outcome, findings, counted } = await verifyBundle(source, NODE);
      expect([outcome, findings]).toEqual(['verified', []]);
      expect(counted).toMatchObject({ erased: 2, erasedUnrecorded: 0 });
      const [line] = made.lines<PersonLine>('data/people.jsonl');
      expect(line!.name).toMatchObject({ state: 'proven', value: EXAMPLES.AlumnusRegistered.name });
      expect([line!.phone!.state, line!.employeeNumber!.state]).toEqual(['erased', 'erased']);
      expect(line!.email).toMatchObject(
        level === 'full' ? { state: 'proven', value: email } : { state: 'masked' },
      );
      expect(made.text('disclosures.jsonl')).not.toContain(phone);
    }
  });
});
