import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { routesOf } from './support/document';
import { everyOrder, ORDERS_ENV, type Step } from './support/orders';
import { accepted, settledHead } from './support/steps';

jest.setTimeout(180_000);

/** Routes that change nothing which a repeat could change twice. */
const NOT_WRITING: readonly string[] = [
  'Alumni.reveal',
  'Auth.logout',
  'DryRun.programmePublication',
  'DryRun.programmeRevision',
  'DryRun.purposePublication',
  'DryRun.purposeRevision',
  'Erasures.preview',
  'Evidence.reveal',
  'LetterTexts.preview',
  // A form has a number of its own, drawn when it is shown.
  'RequestForm.submit',
  'Roster.candidates',
  'Roster.search',
  'RosterDiff.diff',
];
const IN_A_DAY = new Date(Date.now() + 86_400_000).toISOString();

interface Account {
  readonly id: string;
  readonly label?: string;
  readonly grants: readonly object[];
}

describe('an Idempotency-Key on every route that writes', () => {
  let server: TestServer;
  let to: Api;

  const accounts = async (label: string) =>
    (await to.get<Account[]>('/v1/accounts')).body.filter((one) => one.label === label);
  const machine = async (label: string) =>
    accepted(await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label })).body.id;
  /** What a client learns of an answer, without the id of the request. */
  const told = ({ status, body }: { readonly status: number; readonly body: object }) => {
    const { instance: _, ...rest } = body as { instance?: string };
    return { status, ...rest };
  };

  beforeAll(async () => {
    server = await startServer({ env: ORDERS_ENV });
    to = api(server);
  });
  afterAll(() => server?.stop());

  it('is declared by all of them', async () => {
    const writing = (await routesOf(to)).filter(({ method, id }) => {
      return method !== 'GET' && !NOT_WRITING.includes(id);
    });
    const without = writing.filter(({ headers }) => !headers.includes('Idempotency-Key'));
    expect(without.map(({ id }) => id)).toEqual([]);
    expect(writing.length).toBeGreaterThan(30);
  });

  it('makes each happen once, answers a repeat as the first time, and refuses another body', async () => {
    const taken = new Set<string>();
    let number = 0;
    const take = async (step: Step) => {
      const { id, method, path, body, other, ifMatch, headers = {}, ended, shownOnce } = step;
      const options = { key: `order-${++number}`, headers, ...(ifMatch !== undefined && { ifMatch }) };
      taken.add(id);
      const first = accepted(await to.send(method, path, body, options));
      await ended?.();
      // What policies order after it is done, so that whatever comes now would be the repeat's.
      const head = await settledHead(to);
      const again = await to.send(method, path, body, options);
      if (shownOnce)
        expect([id, again.status, again.text]).toEqual([id, 409, expect.not.stringContaining('enishi_')]);
      // What went on is shown as far as it is by now.
      else if (ended)
        expect([id, again.status, again.body['importId']]).toEqual([
          id,
          first.status,
          first.body['importId'],
        ]);
      else expect({ id, ...told(again) }).toEqual({ id, ...told(first) });
      if (other !== undefined) {
        const reused = await to.send(method, path, other, options);
        expect([id, reused.status, reused.body['code']]).toEqual([id, 422, 'idempotency-key-reused']);
      }
      expect([id, await settledHead(to)]).toEqual([id, head]);
      return first;
    };
    await everyOrder(to, take);
    const writing = (await routesOf(to)).filter(({ headers }) => headers.includes('Idempotency-Key'));
    expect([...taken].sort()).toEqual(writing.map(({ id }) => id).sort());
    expect(await accounts('HRIS')).toHaveLength(1);
    expect(await accounts('payroll')).toEqual([]);
  });

  it('makes one account of eight requests at once, and one grant', async () => {
    const create = () => to.post('/v1/accounts', { kind: 'machine', label: 'at once' }, { key: 'at-once' });
    const answers = await Promise.all(Array.from({ length: 8 }, create));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const id = answers[0]!.body['id'] as string;
    const grant = () => to.post(`/v1/accounts/${id}/grants`, { role: 'hr' }, { key: 'at-once' });
    await Promise.all(Array.from({ length: 8 }, grant));
    expect(await accounts('at once')).toMatchObject([{ id, grants: [{ role: 'hr' }] }]);
  });

  it('never shows a token twice, keeps no secret, and says which token to end', async () => {
    const accountId = await machine('shown once');
    const order = { accountId, validUntil: IN_A_DAY };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => to.post('/v1/tokens', order, { key: 'token' })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    const { id, token } = made[0]!.body as { id: string; token: string };
    const again = await to.post('/v1/tokens', order, { key: 'token' });
    expect(told(again)).toMatchObject({ status: 409, code: 'token-shown-once', details: { tokenId: id } });
    const { body: tokens } = await to.get<{ accountId: string }[]>('/v1/tokens');
    expect(tokens.filter((one) => one.accountId === accountId)).toHaveLength(1);
    const database = new Client({ connectionString: databaseOf(server.home) });
    await database.connect();
    try {
      const { rows } = await database.query<{ row: string }>(
        `select a::text as row from app.idempotency_answers a`,
      );
      const kept = rows.map(({ row }) => row).join('\n');
      expect(kept).toContain(id);
      expect(kept).not.toContain(token.slice(7));
      expect(kept).not.toContain('enishi_');
    } finally {
      await database.end();
    }
  });

  it('keeps a refusal; what was no valid request has used no key', async () => {
    const accountId = await machine('refused');
    const path = `/v1/accounts/${accountId}/grants`;
    const first = await to.post(path, { role: 'auditor' }, { key: 'refused' });
    expect(told(first)).toMatchObject({ status: 422, code: 'auditor-without-end' });
    const again = await to.post(path, { role: 'auditor' }, { key: 'refused' });
    expect(told(again)).toEqual(told(first));
    expect((await to.post(path, { role: 'root' }, { key: 'wrong' })).status).toBe(400);
    expect((await to.post(path, { role: 'hr' }, { key: 'wrong' })).status).toBe(201);
  });

  it('does not bring back a grant that was ended since', async () => {
    const path = `/v1/accounts/${await machine('ended')}/grants`;
    const { body } = accepted(await to.post<{ id: string }>(path, { role: 'hr' }, { key: 'ended' }));
    accepted(await to.delete(`/v1/accounts/grants/${body.id}`));
    expect((await to.post(path, { role: 'hr' }, { key: 'ended' })).body).toEqual(body);
    expect(await accounts('ended')).toMatchObject([{ grants: [] }]);
  });
});
