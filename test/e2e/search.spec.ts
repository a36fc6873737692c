import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { caughtUp, furnish, importFile, leaversFile, wholeRoster, type Furnished } from './support/steps';

jest.setTimeout(120_000);

// More people than a search looks at in its first step.
const PEOPLE = 2_600;

describe('searches among more people than one step looks at', () => {
  let server: TestServer;
  let to: Api;
  let place: Furnished;
  const asked = (mode: string) => ({
    purposeId: place.purposeId,
    channel: 'email',
    mode,
    ...(mode === 'approachable' && { programmeId: place.programmeId }),
  });

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    place = await furnish(to);
    await importFile(to, leaversFile(PEOPLE));
    await caughtUp(to);
  });
  afterAll(() => server?.stop());

  it.each(['excluded', 'approachable'])('find among the %s whom a look at everybody finds', async (mode) => {
    const everybody = await wholeRoster(to, asked(mode));
    expect(everybody.length).toBeGreaterThan(1_000);
    const last = everybody.at(-1)!.name;
    // Frequent, rare, at the very end of the list, and nobody.
    for (const text of ['佐', '子', `${last.family}${last.given ?? ''}`, '存在しない']) {
      const found = await wholeRoster(to, { ...asked(mode), text });
      const names = (row: (typeof everybody)[number]): string => `${row.name.family}${row.name.given ?? ''}`;
      const expected = everybody.filter((row) => names(row).includes(text));
      expect(found.map((row) => row.alumnusId)).toEqual(expected.map((row) => row.alumnusId));
    }
  });
});
