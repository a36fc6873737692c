import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import {
  accepted,
  caughtUp,
  furnish,
  headOf,
  IN_PERSON,
  importFile,
  leaversFile,
  roster,
} from './support/steps';

jest.setTimeout(60_000);

const PERSON = {
  employeeNumber: 'K-1',
  name: { family: '縁野', given: '結' },
  email: 'musubi@example.jp',
  employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31', leavingKind: 'personal-reason' },
};
const ANSWER = { channels: ['email'], language: 'ja', ...IN_PERSON };

describe('a command under an Idempotency-Key', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let alumnusId: string;
  const consents = (what: string) => `/v1/alumni/${alumnusId}/consents/${purposeId}/${what}`;
  const state = async () => {
    const path = `/v1/alumni/${alumnusId}/consents`;
    const { body } = accepted(await to.get<{ consents: { channel: string; state: string }[] }>(path));
    return body.consents.find(({ channel }) => channel === 'email')?.state;
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId } = await furnish(to));
    ({ alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', PERSON)).body);
  });
  afterAll(() => server?.stop());

  it('happens once: the same key and body get the same answer, and the ledger stays as it is', async () => {
    const first = accepted(await to.post(consents('grants'), ANSWER, { key: 'grant-1' }));
    const head = await headOf(to);
    const again = accepted(await to.post(consents('grants'), ANSWER, { key: 'grant-1' }));
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await headOf(to)).toBe(head);
  });

  it('is refused with another body, and the first answer stays', async () => {
    const head = await headOf(to);
    const other = await to.post(consents('grants'), { ...ANSWER, language: 'en' }, { key: 'grant-1' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    expect(await headOf(to)).toBe(head);
  });

  it('grant, withdraw, repeat of the grant: nothing happens, and the answer is the first one', async () => {
    const first = accepted(await to.post(consents('grants'), ANSWER, { key: 'grant-1' }));
    accepted(await to.post(consents('withdrawals'), { channels: ['email'], ...IN_PERSON }, { key: 'out-1' }));
    const head = await headOf(to);
    const repeat = accepted(await to.post(consents('grants'), ANSWER, { key: 'grant-1' }));
    expect(repeat.body).toEqual(first.body);
    expect(await headOf(to)).toBe(head);
    expect(await state()).toBe('withdrawn');
    const page = await roster(to, { purposeId, channel: 'email', mode: 'contactable' });
    expect(page.rows).toEqual([]);
  });

  it('keeps a refusal and a no-op too, whatever has happened since', async () => {
    const noop = accepted(
      await to.post(consents('withdrawals'), { channels: ['email'], ...IN_PERSON }, { key: 'out-2' }),
    );
    expect(noop.body).toMatchObject({ outcome: 'unchanged', eventIds: [] });
    const early = { channels: ['phone'], ...IN_PERSON };
    const refused = await to.post(consents('withdrawals'), early, { key: 'early' });
    expect(refused.status).toBe(422);
    accepted(
      await to.post(consents('grants'), { ...ANSWER, channels: ['phone', 'email'] }, { key: 'grant-2' }),
    );
    const noopAgain = accepted(
      await to.post(consents('withdrawals'), { channels: ['email'], ...IN_PERSON }, { key: 'out-2' }),
    );
    expect(noopAgain.body).toEqual(noop.body);
    expect(await state()).toBe('granted');
    const refusedAgain = await to.post(consents('withdrawals'), early, { key: 'early' });
    expect([refusedAgain.status, refusedAgain.body['code']]).toEqual([422, refused.body['code']]);
  });

  it('keeps what is refused before its stream is read: an unknown purpose, an unknown scan', async () => {
    const unknownPurpose = `/v1/alumni/${alumnusId}/consents/11111111-1111-4111-8111-111111111111/grants`;
    const refused = await to.post(unknownPurpose, ANSWER, { key: 'unknown' });
    expect([refused.status, refused.body['code']]).toEqual([422, 'purpose-unknown']);
    const other = await to.post(unknownPurpose, { ...ANSWER, language: 'en' }, { key: 'unknown' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    const scan = { ...ANSWER, artefactId: '11111111-1111-4111-8111-111111111111' };
    const lost = await to.post(consents('grants'), scan, { key: 'scan' });
    expect([lost.status, lost.body['code']]).toEqual([422, 'artefact-unknown']);
    const reused = await to.post(consents('grants'), ANSWER, { key: 'scan' });
    expect([reused.status, reused.body['code']]).toEqual([422, 'idempotency-key-reused']);
  });

  it('is one command when it comes many times at once', async () => {
    const person = { ...PERSON, employeeNumber: 'K-2', email: 'k2@example.jp' };
    const head = BigInt(await headOf(to));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => to.post('/v1/alumni', person, { key: 'register-2' })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.status).toBe(201);
    expect(BigInt(await headOf(to))).toBe(head + 1n);
  });

  it('belongs to who sent it and to the route', async () => {
    const elsewhere = accepted(await to.post('/v1/purposes', { template: 'community' }, { key: 'shared' }));
    const here = accepted(await to.put('/v1/company', { party: await partyOf(to) }, { key: 'shared' }));
    expect(here.body).not.toEqual(elsewhere.body);
  });

  it('creates one purpose, however often it is repeated', async () => {
    const first = accepted(await to.post('/v1/purposes', { template: 'news' }, { key: 'news' }));
    const again = accepted(await to.post('/v1/purposes', { template: 'news' }, { key: 'news' }));
    expect(again.body).toEqual(first.body);
  });

  it('takes one file in; another under the same key is refused and does not replace it', async () => {
    const file = leaversFile(5, { seed: 1 });
    const first = accepted(await to.post('/v1/imports', file, { key: 'file' }));
    const again = accepted(await to.post('/v1/imports', file, { key: 'file' }));
    expect(again.body['importId']).toBe(first.body['importId']);
    const other = await to.post('/v1/imports', leaversFile(9, { seed: 2 }), { key: 'file' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    const shown = await to.get(`/v1/imports/${first.body['importId'] as string}`);
    expect(shown.body['bytes']).toBe(file.length);
  });

  it('says what it must look like', async () => {
    for (const key of ['with space', '鍵', 'x'.repeat(256)]) {
      const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
      const answer = await to.post(consents('grants'), ANSWER, { headers });
      expect([answer.status, answer.body['code']]).toEqual([400, 'idempotency-key-not-valid']);
    }
  });

  it('reads its own writes, and says so when a position has not come yet', async () => {
    await importFile(to, leaversFile(20, { seed: 3 }));
    await caughtUp(to);
    const future = '9999999999999999999';
    const since = Date.now();
    const behind = await to.get(`/v1/alumni/${alumnusId}/history`, {
      headers: { 'enishi-position': future },
    });
    expect([behind.status, behind.body['code']]).toEqual([503, 'view-behind']);
    expect(behind.headers.get('retry-after')).toBe('2');
    expect(Date.now() - since).toBeLessThan(8000);
    const nonsense = await to.get('/v1/purposes', { headers: { 'enishi-position': 'yesterday' } });
    expect([nonsense.status, nonsense.body['code']]).toEqual([400, 'position-not-valid']);
  });

  it('takes the same paper again for what it is, without a key: what is sealed in it is compared too', async () => {
    const effectiveAt = new Date(Date.now() - 1).toISOString();
    const paper = { ...ANSWER, channels: ['phone'], effectiveAt, evidence: '面談票 3 枚目に署名あり' };
    accepted(await to.post(consents('grants'), paper));
    const head = await headOf(to);
    expect(accepted(await to.post<{ eventIds: string[] }>(consents('grants'), paper)).body.eventIds).toEqual(
      [],
    );
    expect(await headOf(to)).toBe(head);
    accepted(await to.post(consents('grants'), { ...paper, evidence: '電話で再度確認' }));
    expect(await headOf(to)).not.toBe(head);
  });
});

async function partyOf(to: Api): Promise<unknown> {
  return accepted(await to.get<{ party: unknown }>('/v1/company')).body.party;
}
