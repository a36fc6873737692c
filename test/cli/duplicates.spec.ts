import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, enishi, FakeServer, json, problem } from './server';

const one = '3f2a9c1e-0000-4000-8000-00000000000a';
const other = '9c1e3f2a-0000-4000-8000-00000000000c';
const path = `/v1/duplicates/${one}/${other}`;
const ground = {
  code: 'birth-date-and-former-name',
  messages: { ja: '生年月日が同じで、旧姓が一致', en: 'same date of birth, and a former name agrees' },
};
const records = [
  { alumnusId: one, name: { family: '高橋', given: '花子' }, birthDate: '1985-05-05', employments: [] },
  { alumnusId: other, name: { family: '佐藤', given: '花子' }, birthDate: '1985-05-05', employments: [] },
];

let server: FakeServer;
let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  server = await FakeServer.start();
  home = mkdtempSync(join(tmpdir(), 'enishi-cli-'));
  env = { ENISHI_HOME: home };
  writeFileSync(join(home, 'token'), JSON.stringify({ url: server.url, token: 'enishi_secret' }));
  chmodSync(join(home, 'token'), 0o600);
  const pair = { alumnusId: one, otherId: other, state: 'proposed', score: 5, grounds: [ground], records };
  server.on('GET /v1/duplicates', json({ pairs: [pair], total: 1, more: false }));
});
afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

it('lists pairs by what they share, and takes the ids it printed', async () => {
  const listed = await enishi(['duplicates'], env);
  expect(listed.code).toBe(0);
  expect(listed.out).toContain(
    '3f2a9c1e  高橋 花子  9c1e3f2a  佐藤 花子      5  same date of birth, and a former',
  );
  expect(listed.err).toContain('1 of 1 pairs');
  server.on(`POST ${path}/link`, done('7'));
  const linked = await enishi(['duplicates', 'link', '3f2a9c1e', '9c1e3f2a', '--reason', '本人に確認'], env);
  expect([linked.code, linked.out]).toEqual([0, '✓ Linked as the same person\n']);
  expect(JSON.parse(server.seen.at(-1)!.body)).toEqual({ reason: '本人に確認' });
});

it('lists what was decided, as lines for machines', async () => {
  const { out } = await enishi(['duplicates', 'list', '--state', 'dismissed', '--limit', '5', '--json'], env);
  expect(JSON.parse(out)).toMatchObject({ alumnusId: one, otherId: other, score: 5 });
  expect(Object.fromEntries(server.seen.at(-1)!.query)).toEqual({ state: 'dismissed', limit: '5' });
});

it('shows two records side by side, with what differs', async () => {
  const fields = [
    { field: 'name', comparison: 'different' },
    { field: 'birthDate', comparison: 'same' },
  ];
  server.on(`GET ${path}`, json({ state: 'none', grounds: [ground], fields, records }));
  const { out } = await enishi(['duplicates', 'show', one, other, '--lang', 'ja'], env);
  expect(out).toContain('生年月日が同じで、旧姓が一致');
  expect(out).toMatch(/氏名 +高橋 花子 +佐藤 花子 +相違/);
  expect(out).toMatch(/生年月日 +1985-05-05 +1985-05-05 +一致/);
});

it('wants a reason for linking and dismissing, and says what a rule refuses', async () => {
  for (const what of ['link', 'dismiss']) {
    const { code, err } = await enishi(['duplicates', what, one, other], env);
    expect([code, err]).toEqual([2, expect.stringContaining('--reason')]);
  }
  server.on(`POST ${path}/unlink`, problem(422, 'not-linked'));
  const { code, err } = await enishi(['duplicates', 'unlink', one, other], env);
  expect(code).toBe(2);
  expect(err).toContain('not-linked');
  expect(server.seen).toHaveLength(1);
});
