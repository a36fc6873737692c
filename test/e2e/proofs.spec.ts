import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  nodeHash,
  readCheckpoint,
  readNoteKey,
  sameHash,
  verifyRange,
  type NoteKey,
} from '@enishi/transparency';
import { sha256 } from '@enishi/worker';
import { Client } from 'pg';
import { enishi } from '../cli/server';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { TestWitness } from '../transparency/test-witness';
import { cliOf } from './support/cli';
import { accepted, furnish } from './support/steps';

jest.setTimeout(120_000);

interface Event {
  readonly eventId: string;
  readonly type: string;
  readonly position: string;
  readonly fields: object;
}

interface SelfCheck {
  readonly leaves: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly views: readonly {
    readonly view: string;
    readonly state: string;
    readonly rows: number;
    readonly found: number;
  }[];
}

describe('proofs, for somebody who has nothing but the public key', () => {
  let server: TestServer;
  let to: Api;
  let nobody: Api;
  let cli: ReturnType<typeof cliOf>;
  let key: string;
  let witness: TestWitness;
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-proofs-'));
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    witness = await new TestWitness(logKeys).listen();
    const env = { ENISHI_CHECKPOINT_SECONDS: '1', ENISHI_WITNESSES: witness.setting };
    server = await startServer({ env });
    [to, nobody, cli] = [api(server), api(server, null), cliOf(server)];
    await furnish(to);
    key = (await nobody.get('/checkpoint/key')).text.trim();
  });
  afterAll(async () => {
    await server?.stop();
    await witness?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The command line in this process: one more of its own takes half a second. */
  const inside = (args: readonly string[]) => {
    const { url, token, home } = server;
    return enishi(args, { ENISHI_URL: url, ENISHI_TOKEN: token, ENISHI_HOME: home, XDG_STATE_HOME: folder });
  };
  /** What the witness was told of the ledger: its keys, when the server is there. */
  async function logKeys(): Promise<NoteKey[]> {
    while (nobody === undefined) await sleep(50);
    const lines = (await nobody.get('/checkpoint/keys')).text.trim().split('\n');
    return lines.map((line) => readNoteKey(line, sha256));
  }
  /** Waits until the newest checkpoint covers so many leaves. */
  async function covering(leaves: number): Promise<string> {
    for (;;) {
      const { status, text } = await nobody.get('/checkpoint');
      if (status === 200 && readCheckpoint(text).checkpoint.size >= leaves) return text;
      await sleep(50);
    }
  }
  const events = async () => (await to.get<{ events: Event[] }>('/v1/audit-trail?limit=500')).body.events;
  /** What self-checks noted, the latest last. */
  const noted = async () =>
    (await events())
      .filter(({ type }) => type === 'SelfCheckRecorded')
      .sort((a, b) => Number(a.position) - Number(b.position))
      .map(({ fields }) => fields);

  it('an event is proven from a file, and not once anything in it is changed', async () => {
    await covering((await events()).length);
    const { eventId } = (await events()).find(({ type }) => type === 'PurposePublished')!;
    const proof = file('event.tlog-proof');
    expect((await cli(['proof', 'event', eventId, '--out', proof])).code).toBe(0);
    const checked = await cli(['proof', 'check', proof, '--key', key, '--json']);
    expect(JSON.parse(checked.out)).toMatchObject({
      outcome: 'proven',
      trust: 'self-signed',
      event: { type: 'PurposePublished', id: eventId },
    });
    const leaf = (JSON.parse(checked.out) as { leaf: string }).leaf;
    const check = (more: readonly string[]) => cli(['proof', 'check', proof, '--key', key, ...more]);
    expect((await check(['--leaf', leaf])).out).toContain('Proven');
    expect((await check(['--leaf', leaf.replace(/./, (digit) => (digit === '0' ? '1' : '0'))])).code).toBe(1);

    const text = readFileSync(proof, 'utf8');
    const extra = /^extra (.*)$/m.exec(text)![1]!;
    const other = Buffer.from(extra, 'base64').toString('utf8').replace('PurposePublished', 'PurposeRetired');
    const size = readCheckpoint(text.slice(text.indexOf('\n\n') + 2)).checkpoint.size;
    for (const [changed, says] of [
      [text.replace(extra, Buffer.from(other).toString('base64')), 'not in the tree'],
      [text.replace(`\n${size}\n`, `\n${size + 1}\n`), 'signature is wrong'],
    ] as const) {
      writeFileSync(file('changed'), changed);
      const { code, err } = await cli(['proof', 'check', file('changed'), '--key', key]);
      expect([code === 0, err]).toEqual([false, expect.stringContaining(says)]);
    }
  });

  it('a witness cosigns checkpoints, and a proof shows when', async () => {
    const name = 'witness.example/one';
    while (!(await nobody.get('/checkpoint')).text.includes(`\n— ${name} `)) await sleep(50);
    const { eventId } = (await events()).find(({ type }) => type === 'PurposePublished')!;
    const proof = file('witnessed.tlog-proof');
    expect((await inside(['proof', 'event', eventId, '--out', proof])).code).toBe(0);
    const check = (...more: readonly string[]) => inside(['proof', 'check', proof, '--key', key, ...more]);
    const checked = JSON.parse((await check('--witness', witness.line, '--json')).out) as object;
    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(checked).toMatchObject({ trust: 'witnessed', witnesses: [{ witness: name, at }] });
    expect((await check('--witness', witness.line)).out).toContain(`Witnessed by ${name} at `);
    const other = new TestWitness(logKeys).line;
    expect((await check('--witness', other)).err).toContain('not cosigned');
    const text = readFileSync(proof, 'utf8');
    const line = new RegExp(`^(— ${name} .{30}).`, 'm');
    writeFileSync(
      proof,
      text.replace(line, (whole, head: string) => head + (whole.endsWith('A') ? 'B' : 'A')),
    );
    expect((await check('--witness', witness.line)).err).toContain('cosignature is wrong');

    const listed = JSON.parse((await inside(['checkpoint', 'keepers', '--json'])).out) as object;
    expect(listed).toMatchObject({ kind: 'witness', name, failures: 0 });
  });

  it('a checkpoint that was kept shows later that nothing was rewritten', async () => {
    const kept = await covering(1);
    writeFileSync(file('kept'), kept);
    accepted(await to.post('/v1/purposes', { template: 'referral' }));
    const { size } = readCheckpoint(kept).checkpoint;
    await covering(size + 1);
    const { code, out } = await cli(['proof', 'consistency', file('kept'), '--key', key, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'consistent', from: size });
    expect(readCheckpoint((await cli(['checkpoint'])).out).checkpoint.size).toBeGreaterThan(size);
  });

  it('a run of events is proven by one proof, and tiles give the root by themselves', async () => {
    const { checkpoint } = readCheckpoint(await covering(5));
    const { size } = checkpoint;
    const { body } = await to.get<{ leaves: string[]; proof: string[] }>(
      `/v1/proofs/range?from=1&to=4&size=${size}`,
    );
    const bytes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));
    expect(verifyRange(1, bytes(body.leaves), bytes(body.proof), checkpoint, sha256)).toBe(true);

    const run = file('run.json');
    expect((await inside(['proof', 'range', '1', '4', '--out', run])).code).toBe(0);
    const leaf = Buffer.from(body.leaves[1]!, 'base64').toString('hex');
    const check = (...more: readonly string[]) => inside(['proof', 'check', run, '--key', key, ...more]);
    const checked = JSON.parse((await check('--leaf', leaf, '--json')).out) as { leaves: string[] };
    expect(checked).toMatchObject({ outcome: 'proven', from: 1, leaves: { length: 3, 1: leaf } });
    expect(
      (
        await check(
          '--leaf',
          leaf.replace(/./, (digit) => (digit === '0' ? '1' : '0')),
        )
      ).code,
    ).toBe(1);
    const whole = readFileSync(run, 'utf8');
    const dropped = JSON.parse(whole) as { from: number; leaves: string[] };
    for (const [changed, says] of [
      [{ ...dropped, leaves: dropped.leaves.toSpliced(1, 1) }, 'not in the tree'],
      [{ ...dropped, from: 2 }, 'not in the tree'],
      [{ ...dropped, from: '1' }, 'not a proof file'],
    ] as const) {
      writeFileSync(run, JSON.stringify(changed));
      const { code, err } = await check();
      expect([code === 0, err]).toEqual([false, expect.stringContaining(says)]);
    }

    const tile = await nobody.get(`/tile/0/000.p/${size}`);
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    const hashes = Array.from({ length: size }, (_, at) => tile.bytes.subarray(at * 32, at * 32 + 32));
    const rootOf = (of: readonly Uint8Array[]): Uint8Array => {
      if (of.length === 1) return of[0]!;
      const left = 2 ** Math.ceil(Math.log2(of.length) - 1);
      return nodeHash(rootOf(of.slice(0, left)), rootOf(of.slice(left)), sha256);
    };
    expect(sameHash(rootOf(hashes), checkpoint.root)).toBe(true);
    const far = [
      '/tile/0/000',
      '/tile/1/000.p/1',
      '/tile/0/001.p/1',
      `/tile/0/000.p/${size + 200}`,
      '/tile/x/000',
    ];
    for (const address of far) expect((await nobody.get(address)).status).toBe(404);
  });

  it('after a change of the key, who has only the old one still checks everything', async () => {
    const [event] = (await events()).filter(({ type }) => type === 'PurposePublished');
    const before = file('before.tlog-proof');
    expect((await inside(['proof', 'event', event!.eventId, '--out', before])).code).toBe(0);

    writeFileSync(file('old'), await covering(1));

    const { code, out } = await inside(['checkpoint', 'rotate-key', '--json']);
    expect(code).toBe(0);
    const changed = JSON.parse(out) as { key: string; since: number };
    expect((await nobody.get('/checkpoint/key')).text).toBe(`${changed.key}\n`);
    expect((await nobody.get('/checkpoint/keys')).text).toBe(`${key}\n${changed.key}\n`);
    const listed = (await inside(['checkpoint', 'keys', '--json'])).out.trim().split('\n');
    expect(listed.map((line) => JSON.parse(line) as object)).toMatchObject([
      { key, state: 'replaced', destroyedAt: expect.any(String) },
      { key: changed.key, since: changed.since, state: 'current' },
    ]);

    accepted(await to.post('/v1/purposes', { template: 'news' }));
    await covering(changed.since + 1);
    const after = file('after.tlog-proof');
    expect((await inside(['proof', 'event', event!.eventId, '--out', after])).code).toBe(0);
    writeFileSync(file('changes'), (await inside(['checkpoint', 'changes'])).out);
    const check = async (...args: readonly string[]) => (await inside(['proof', 'check', ...args])).code;
    expect(await check(before, '--key', key)).toBe(0);
    expect(await check(after, '--key', changed.key)).toBe(0);
    expect(await check(after, '--key', key, '--changes', file('changes'))).toBe(0);
    const without = await inside(['proof', 'check', after, '--key', key]);
    expect([without.code, without.err]).toEqual([1, expect.stringContaining('--changes')]);
    expect(await check(before, '--key', changed.key, '--changes', file('changes'))).toBe(1);

    for (const given of [['--key', key], []]) {
      const consistent = await inside(['proof', 'consistency', file('old'), ...given, '--json']);
      expect(JSON.parse(consistent.out)).toMatchObject({ outcome: 'consistent' });
    }
  });

  it('only operators change the key', async () => {
    expect((await nobody.post('/v1/checkpoint-keys', undefined)).status).toBe(401);
  });

  it('the server checks itself, and notes in the ledger what it found', async () => {
    const { code, out } = await cli(['audit', 'self-check', '--json']);
    expect(code).toBe(0);
    const { leaves, root, checkpoints, views } = JSON.parse(out) as SelfCheck;
    expect(JSON.parse(out)).toMatchObject({ state: 'done', found: 0, differences: [] });
    expect(views.map(({ view, state, found }) => [view, state, found])).toEqual(
      [
        'alumni-roster',
        'as-of-facts',
        'audit-trail',
        'consent-history',
        'purpose-catalogue',
        'request-register',
        'retention-calendar',
      ].map((view) => [...[view, 'same'], 0]),
    );
    expect(views[2]!.rows).toBeGreaterThanOrEqual(leaves);
    expect((await noted()).at(-1)).toEqual({
      ...{ leaves, root, checkpoints, differences: 0, views: 7 },
      rows: views.reduce((sum, { rows }) => sum + rows, 0),
      ...{ rowDifferences: 0, parkedScopes: 0 },
    });
    expect((await cli(['audit', 'self-check', '--no-views'])).code).toBe(0);
    expect((await noted()).at(-1)).not.toHaveProperty('views');
    expect((await cli(['audit', 'self-check', '--views', 'audit'])).code).toBe(2);
  });

  it('a row of a view that was changed by hand is named, by its key alone', async () => {
    const database = new Client({ connectionString: databaseOf(server.home, 'enishi_admin') });
    await database.connect();
    const change = 'UPDATE audit_trail.event SET data = $2 WHERE event_id = $1 RETURNING position';
    const { eventId } = (await events()).find(({ type }) => type === 'PurposePublished')!;
    const kept = await database.query<{ data: string }>(
      'SELECT data FROM audit_trail.event WHERE event_id = $1',
      [eventId],
    );
    try {
      const { rows } = await database.query<{ position: string }>(change, [eventId, '{"kanariya":1}']);
      const { code, out } = await cli(['audit', 'self-check', '--views', 'audit-trail']);
      expect(code).toBe(1);
      expect(out).toContain('✗ 1 differences');
      expect(out).toContain(`audit-trail event: row is another ${rows[0]!.position}`);
      expect(out).not.toContain('kanariya');
      expect((await noted()).at(-1)).toMatchObject({ differences: 0, views: 1, rowDifferences: 1 });
    } finally {
      await database.query(change, [eventId, kept.rows[0]!.data]);
      await database.end();
    }
  });

  it('everybody may take the page and the command that verify bundles', async () => {
    const page = await fetch(`${server.url}/verifier.html`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<title>縁 Enishi バンドルの検証</title>');
    const program = await fetch(`${server.url}/enishi-verify.mjs`);
    expect([program.status, program.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect(await program.text()).toContain('enishi-verify <bundle.zip>');
  });

  it('every checkpoint is listed, the newest first, and its event is in the ledger', async () => {
    interface Page {
      readonly checkpoints: readonly { readonly size: number; readonly eventId: string }[];
      readonly below?: number;
    }
    const first = (await nobody.get<Page>('/v1/checkpoints?limit=1')).body;
    const rest = (await nobody.get<Page>(`/v1/checkpoints?below=${first.below}`)).body;
    const sizes = [...first.checkpoints, ...rest.checkpoints].map(({ size }) => size);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const about = ['CheckpointSigned', 'SigningKeyChanged'];
    const ids = (await events()).filter(({ type }) => about.includes(type)).map((one) => one.eventId);
    expect(ids).toContain(rest.checkpoints[0]!.eventId);
  });

  it.each([
    ['inclusion?event=11111111-1111-4111-8111-111111111111', 404, 'event-unknown'],
    ['inclusion?event=x', 400, 'not-valid'],
    ['consistency?from=0', 400, 'not-valid'],
    ['consistency?from=9999999', 409, 'not-covered'],
    ['consistency?from=1&to=9999999', 404, 'checkpoint-unknown'],
    ['range?from=3&to=3', 400, 'run-not-valid'],
    ['range?from=0&to=10001', 400, 'run-not-valid'],
    ['range?from=9999990&to=9999999', 409, 'not-covered'],
  ])('%s is answered with %i %s', async (query, status, code) => {
    const answer = await to.get(`/v1/proofs/${query}`);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});
