import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

interface Records {
  readonly '@context': object;
  readonly '@graph': readonly {
    readonly record_id: string;
    readonly events: readonly { readonly event_id?: string; readonly event_state: string }[];
  }[];
}
interface Receipts {
  readonly receipts: readonly { readonly consentReceiptID: string }[];
}

describe('exports', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  /** Consented and withdrew; never asked. */
  let alumnusId: string;
  let other: string;
  let grantId: string;

  const register = async (employeeNumber: string, family: string, department: string) => {
    const employment = { department, joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    const person = { employeeNumber, name: { family }, email: 'a@example.jp', employment };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  };
  /** A client whose account has this grant and no other. */
  const as = async (grant: object): Promise<Api> => {
    const machine = { kind: 'machine', label: 'reader' };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    accepted(await to.post(`/v1/accounts/${id}/grants`, { ...grant, validUntil }));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    return api(server, accepted(made).body.token);
  };
  /** The access log's entries of one view, oldest first. */
  const reads = async (view: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client(databaseOf(server.home, 'enishi_admin'));
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(
        'SELECT route, fields, person_ids, reason FROM access.reads WHERE view = $1 ORDER BY at',
        [view],
      );
      return rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    alumnusId = await register('E-1', '髙﨑', '営業部');
    other = await register('E-2', '𠮷野', '開発部');
  });
  afterAll(() => server?.stop());

  it('consent records of somebody who was never asked are none', async () => {
    ({ purposeId } = await furnish(to));
    const nothing = accepted(await to.get<Records>(`/v1/alumni/${alumnusId}/consent-records`)).body;
    expect(nothing['@graph']).toEqual([]);
  });

  it('consent records are JSON-LD whose events stand in the ledger', async () => {
    const consents = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
    const grant = { channels: ['email', 'phone'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    const granted = accepted(await to.post<{ eventIds: string[] }>(`${consents}/grants`, grant)).body;
    [grantId] = granted.eventIds as [string];
    const withdrawn = accepted(
      await to.post<{ eventIds: string[] }>(`${consents}/withdrawals`, { channels: ['phone'], ...IN_PERSON }),
    ).body;

    const answer = accepted(await to.get<Records>(`/v1/alumni/${alumnusId}/consent-records`));
    expect(answer.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    const [record, ...more] = answer.body['@graph'];
    expect(more).toEqual([]);
    expect(record!.events.map(({ event_id, event_state }) => [event_id, event_state])).toEqual([
      [`urn:uuid:${grantId}`, 'dpv:ConsentGiven'],
      [`urn:uuid:${withdrawn.eventIds[0]!}`, 'dpv:ConsentWithdrawn'],
    ]);
    expect(answer.text).not.toMatch(/髙﨑|署名|a@example/);

    const { receipts } = accepted(await to.get<Receipts>(`/v1/alumni/${alumnusId}/consent-receipts`)).body;
    expect(receipts.map(({ consentReceiptID }) => consentReceiptID)).toEqual([grantId]);
  });

  it('consent records are read within the caller’s scope, and the access log has each reading', async () => {
    const scoped = await as({ role: 'hr', departments: ['開発部'] });
    expect((await scoped.get(`/v1/alumni/${alumnusId}/consent-records`)).status).toBe(404);
    expect((await scoped.get(`/v1/alumni/${alumnusId}/consent-receipts`)).status).toBe(404);
    const before = await reads('consent-records');
    accepted(await scoped.get(`/v1/alumni/${other}/consent-records`));
    expect((await reads('consent-records')).slice(before.length)).toEqual([
      {
        route: 'GET /v1/alumni/:alumnusId/consent-records',
        fields: [],
        person_ids: [other],
        reason: null,
      },
    ]);
  });

  it.each(['ja', 'en'] as const)(
    'a report is a PDF with its own font and numbered pages: %s',
    async (language) => {
      const before = await reads('consent-history');
      for (const view of ['consent-history', 'audit-trail']) {
        const answer = accepted(await to.get(`/v1/${view}/export?format=pdf&language=${language}`));
        expect(answer.headers.get('content-type')).toBe('application/pdf');
        expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${view}.pdf"`);
        const text = answer.bytes.toString('latin1');
        expect(text.slice(0, 5)).toBe('%PDF-');
        expect(text.match(/\/FontFile2/g)).toHaveLength(2);
        expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansJP-Regular/);
        expect(text).toContain(`/Lang (${language})`);
      }
      const [entry, ...more] = (await reads('consent-history')).slice(before.length);
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ route: 'GET /v1/consent-history/export', person_ids: [alumnusId] });
    },
  );

  it('the history of consents is chosen by what happened and by import', async () => {
    const kinds = async (query: string) => {
      const { bytes } = accepted(await to.get(`/v1/consent-history/export?format=jsonl&${query}`));
      const lines = bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '');
      return lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    };
    expect(await kinds('')).toEqual(['granted', 'withdrawn']);
    expect(await kinds('kind=withdrawn')).toEqual(['withdrawn']);
    expect(await kinds(`batchId=${other}`)).toEqual([]);
    expect((await to.get('/v1/consent-history?kind=lost')).status).toBe(400);
    accepted(await to.get('/v1/consent-history/export?format=pdf&kind=granted'));
  });

  it('the audit trail is a table in CSV and JSON Lines, with the same events as its pages', async () => {
    const { events } = accepted(
      await to.get<{ events: { eventId: string; alumnusId?: string }[] }>('/v1/audit-trail?limit=500'),
    ).body;
    const ids = events.map(({ eventId }) => eventId);
    const file = async (query: string) => accepted(await to.get(`/v1/audit-trail/export?${query}`)).bytes;
    const before = await reads('audit-trail');
    const csv = (await file('format=csv')).toString('utf8');
    expect(csv.slice(0, 6)).toBe('\ufeff位置 po');
    const lines = csv.trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',')[1])).toEqual(ids);
    expect((await reads('audit-trail')).slice(before.length)).toMatchObject([
      { route: 'GET /v1/audit-trail/export', person_ids: expect.arrayContaining([alumnusId, other]) },
    ]);
    const cp932 = iconv.decode(await file('format=csv&encoding=cp932'), 'cp932');
    expect(cp932.trimEnd().split('\r\n')).toHaveLength(ids.length + 1);
    const json = (await file(`format=jsonl&alumnusId=${other}`)).toString('utf8').trimEnd().split('\n');
    expect(json.map((line) => (JSON.parse(line) as { eventId: string }).eventId)).toEqual(
      events.filter(({ alumnusId: who }) => who === other).map(({ eventId }) => eventId),
    );
  });

  it.each(['consent-history', 'audit-trail'])(
    'a workbook of the %s has the lines of its CSV',
    async (view) => {
      const answer = accepted(await to.get(`/v1/${view}/export?format=xlsx`));
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${view}.xlsx"`);
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(answer.bytes as unknown as ArrayBuffer);
      const [sheet] = book.worksheets;
      const csv = accepted(await to.get(`/v1/${view}/export?format=csv`)).text;
      const rows = parse(csv, { bom: true }) as string[][];
      expect(sheet!.rowCount).toBe(rows.length);
      const cells = rows.map((row, line) =>
        row.map((_, column) => sheet!.getCell(line + 1, column + 1).text),
      );
      expect(cells).toEqual(rows);
    },
  );

  it('the audit trail leaves to nobody outside their scope', async () => {
    const hr = await as({ role: 'hr' });
    expect((await hr.get('/v1/audit-trail/export?format=csv')).status).toBe(403);
    const scoped = await as({ role: 'auditor', departments: ['開発部'] });
    expect((await scoped.get('/v1/audit-trail/export?format=csv')).status).toBe(403);
    expect((await scoped.get(`/v1/audit-trail/export?format=pdf&alumnusId=${alumnusId}`)).status).toBe(404);
    accepted(await scoped.get(`/v1/audit-trail/export?format=csv&alumnusId=${other}`));
  });

  it('the command line writes what the server answers', async () => {
    const enishi = cliOf(server);
    const records = await enishi(['records', alumnusId]);
    expect(records.code).toBe(0);
    const answered = accepted(await to.get(`/v1/alumni/${alumnusId}/consent-records`)).body;
    expect(JSON.parse(records.out)).toEqual(answered);
    const receipts = await enishi(['records', alumnusId, '--format', 'kantara']);
    expect((JSON.parse(receipts.out) as Receipts).receipts).toHaveLength(1);
  });
});
