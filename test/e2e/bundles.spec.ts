import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '@enishi/bundle';
import { readNote } from '@enishi/transparency';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { filesIn } from '../support/unzip';
import { listenAuthority, type ListeningAuthority } from '../timestamping/listening-authority';
import { TestWitness } from '../transparency/test-witness';
import { cliOf } from './support/cli';
import { accepted, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

describe('bundles', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let alumnusId: string;
  let authority: ListeningAuthority;
  const witness = new TestWitness(async () => [], 'carried.example');
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-bundles-'));
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    authority = await listenAuthority();
    writeFileSync(file('root.pem'), authority.root);
    const stamps = {
      ENISHI_TIMESTAMP_AUTHORITY: authority.url,
      ENISHI_TIMESTAMP_CERTIFICATES: file('root.pem'),
    };
    const env = {
      ENISHI_CHECKPOINT_SECONDS: '1',
      ENISHI_TIMESTAMP_SECONDS: '1',
      ENISHI_WITNESSES: witness.line,
    };
    server = await startServer({ env: { ...env, ...stamps } });
    to = api(server);
    ({ purposeId } = await furnish(to));
    const person = {
      employeeNumber: 'E-1',
      name: { family: '髙﨑' },
      email: 'a@example.jp',
      employment: { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' },
    };
    ({ alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body);
    const consents = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '来社して記入' };
    const [granted] = accepted(await to.post<{ eventIds: string[] }>(`${consents}/grants`, grant)).body
      .eventIds;
    const voiding = { eventId: granted, reason: '別人の書類' };
    accepted(await to.post(`${consents}/invalidations`, voiding));
    accepted(await to.post(`${consents}/grants`, grant));
    accepted(await to.post(`${consents}/withdrawals`, { channels: ['email'], ...IN_PERSON }));
    while ((await to.get(of({ of: 'consents', kind: 'withdrawn' }))).status !== 200) await sleep(50);
  });
  afterAll(async () => {
    await server?.stop();
    authority?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const of = (query: Record<string, string>) => `/v1/bundles/export?${new URLSearchParams(query).toString()}`;
  const codeOf = async (client: Api, query: Record<string, string>) => {
    const { status, body } = await client.get(of(query));
    return [status, body['code']];
  };

  it('come over HTTP, as a zip with the lines that the other exports have', async () => {
    const answer = accepted(await to.get(of({ of: 'consents', alumnusId })));
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="bundle.zip"');
    const files = await filesIn(answer.bytes);
    const kinds = String(files.get('data/consents.jsonl'))
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['granted', 'invalidated', 'granted', 'withdrawn']);
    const said = [...files.values()].map(String).join('');
    expect(said).not.toMatch(/髙﨑|a@example|来社して記入|別人の書類/);
    const { body } = await to.get<{ entries: readonly { route: string; personIds: string[] }[] }>(
      '/v1/access-log?view=bundle',
    );
    expect(body.entries[0]).toMatchObject({ route: 'GET /v1/bundles/export', personIds: [alumnusId] });
  });

  it('come from the command line, with the checkpoint that was kept', async () => {
    const cli = cliOf(server);
    writeFileSync(file('kept.txt'), (await cli(['checkpoint'])).out);
    const size = Number(readFileSync(file('kept.txt'), 'utf8').split('\n')[1]);
    accepted(await to.post('/v1/purposes', { template: 'referral' }));
    const options = ['--of', 'trail', '--alumnus', alumnusId, '--since', file('kept.txt')];
    const ran = await cli(['export', 'bundle', ...options, '--out', file('trail.zip'), '--json']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const bytes = readFileSync(file('trail.zip'));
    expect(JSON.parse(ran.out)).toEqual({ format: 'zip', bytes: bytes.length });
    const files = await filesIn(bytes);
    const manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest;
    expect(manifest).toMatchObject({ level: 'none', scope: { of: 'trail', alumni: [alumnusId] } });
    const sizes = String(files.get('checkpoints/history.jsonl'))
      .split('\n')
      .slice(0, -1)
      .map((line) => Number((JSON.parse(line) as { note: string }).note.split('\n')[1]));
    expect([...sizes, manifest.checkpoint.size]).toContain(size);
    const verified = await cli(['verify', file('trail.zip'), '--since', file('kept.txt'), '--json']);
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { outcome: 'verified' }]);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file('broken.zip'), bytes);
    expect((await cli(['verify', file('broken.zip')])).code).toBe(1);
    expect((await cli(['export', 'bundle', '--of', 'ledger', '--since', file('trail.zip')])).code).toBe(2);
  });

  it('say who outside has seen a checkpoint: an authority, and a witness whose signature was carried here', async () => {
    const cli = cliOf(server);
    while ((await cli(['checkpoint', 'timestamp', '--out', file('stamped')])).code !== 0) await sleep(200);
    const note = readFileSync(file('stamped.note'), 'utf8');
    expect(readFileSync(file('stamped.txt'), 'utf8')).toBe(readNote(note).text);
    expect(readFileSync(file('stamped.tsr')).equals((await to.get('/checkpoint/timestamp')).bytes)).toBe(
      true,
    );
    expect((await cli(['checkpoint', 'cosign', file('stamped.note')])).err).toContain('ENISHI_WITNESSES');
    writeFileSync(file('cosigned.txt'), note + witness.cosignature(readNote(note).text));
    expect((await cli(['checkpoint', 'cosign', file('cosigned.txt')])).out).toContain('carried.example');
    const states = (await cli(['checkpoint', 'keepers'])).out;
    expect(states).toMatch(/witness +carried\.example/);
    expect(states).toMatch(/time stamps +http:\/\/127/);

    await cli(['export', 'bundle', '--of', 'ledger', '--out', file('seen.zip')]);
    const known = ['--witness', witness.line, '--authority', file('root.pem')];
    const seen = await cli(['verify', file('seen.zip'), ...known, '--json']);
    expect([seen.code, JSON.parse(seen.out)]).toMatchObject([
      0,
      {
        trust: { level: 'witnessed', witnessed: [{ by: 'carried.example' }], stamped: { by: 'Stamps 時刻' } },
      },
    ]);
    const stranger = new TestWitness(async () => [], 'stranger.example').line;
    const unseen = await cli(['verify', file('seen.zip'), '--witness', stranger]);
    expect([unseen.code, unseen.out]).toEqual([1, expect.stringContaining('[witness-missing]')]);
    expect((await cli(['verify', file('seen.zip'), '--authority', file('seen.zip')])).code).toBe(2);
  });

  it('with personal data need an approval, and some conditions do not go with some questions', async () => {
    expect(await codeOf(to, { of: 'consents', level: 'full' })).toEqual([403, 'level-needs-approval']);
    for (const query of [
      { of: 'trail', kind: 'granted' },
      { of: 'consents', actor: 'system:x' },
      { of: 'ledger', purposeId },
    ] as const)
      expect(await codeOf(to, query)).toEqual([400, 'not-valid']);
    expect(await codeOf(to, { of: 'ledger', since: '999999' })).toEqual([404, 'checkpoint-unknown']);
  });

  it('are for whoever audits, and within the scope of their grant', async () => {
    const machine = { kind: 'machine', label: 'reader' };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const grant = { role: 'auditor', departments: ['開発部'], validUntil };
    accepted(await to.post(`/v1/accounts/${id}/grants`, grant));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    const scoped = api(server, accepted(made).body.token);
    expect(await codeOf(scoped, { of: 'consents' })).toEqual([403, 'scope-missing']);
    expect(await codeOf(scoped, { of: 'ledger' })).toEqual([403, 'scope-missing']);
    expect(await codeOf(scoped, { of: 'consents', alumnusId })).toEqual([404, 'alumnus-unknown']);
    expect((await api(server, null).get(of({ of: 'ledger' }))).status).toBe(401);
  });
});
