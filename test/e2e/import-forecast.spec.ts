import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { furnish, headOf, importFile, leaversFile } from './support/steps';

jest.setTimeout(120_000);

const HEADER = '社員番号,姓,名,入社年月日,退職年月日,メールアドレス\n';
const file = (...rows: readonly string[]) => Buffer.from(HEADER + rows.join('\n'));
const FIRST = file(
  'F-1,縁野,一,2010-04-01,2019-03-31,one@example.jp',
  'F-2,縁野,二,2010-04-01,2019-03-31,two@example.jp',
  'F-3,縁野,三,2010-04-01,2019-03-31,three@example.jp',
  'F-3,縁野,三,2010-04-01,2019-03-31,three@example.jp',
);
const SECOND = file(
  'F-1,縁野,一,2010-04-01,2019-03-31,one@example.jp',
  'F-2,縁野,二,2010-04-01,2019-03-31,changed@example.jp',
  'F-3,縁野,三,2021-04-01,2024-03-31,three@example.jp',
  'F-4,縁野,四,2010-04-01,2019-03-31,four@example.jp',
  'F-4,縁野,四,2020-04-01,2022-03-31,four@example.jp',
  'F-5,縁野,五,2020-04-01,2019-03-31,five@example.jp',
);

describe('the dry run of a leavers’ file', () => {
  let server: TestServer;
  let to: Api;

  const identities = async (): Promise<string> => {
    const client = new Client(databaseOf(server.home, 'enishi_admin'));
    await client.connect();
    try {
      const { rows } = await client.query<{ n: string }>('select count(*)::text n from vault.identities');
      return rows[0]!.n;
    } finally {
      await client.end();
    }
  };
  const counted = ({ counts }: { readonly counts: Readonly<Record<string, number>> }) => {
    const { registered, corrected, employmentsAdded, unchanged, refused, blocked } = counts;
    return { registered, corrected, employmentsAdded, unchanged, refused, blocked };
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    await furnish(to);
  });
  afterAll(() => server?.stop());

  it.each([
    ['a first file', FIRST, { registered: 3, corrected: 0, employmentsAdded: 0, unchanged: 1 }],
    ['the same again', FIRST, { registered: 0, corrected: 0, employmentsAdded: 0, unchanged: 4 }],
    ['a changed one', SECOND, { registered: 1, corrected: 1, employmentsAdded: 2, unchanged: 1, refused: 1 }],
    ['invented leavers with faults', leaversFile(1200, { seed: 3, faults: true }), {}],
  ])('forecasts what importing comes to: %s', async (_what, bytes, expected) => {
    const before = [await headOf(to), await identities()];
    const dry = counted(await importFile(to, bytes, { dryRun: true }));
    expect(dry).toMatchObject(expected);
    expect([await headOf(to), await identities()]).toEqual(before);
    expect(counted(await importFile(to, bytes))).toEqual(dry);
  });
});
