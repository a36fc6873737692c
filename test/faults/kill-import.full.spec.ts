import { killDuringImport } from './kill-import';

jest.setTimeout(20 * 60_000);

it('loses no row of 100,000 and takes none twice when the server is killed twice during an import', async () => {
  const rows = 100_000;
  const survived = await killDuringImport(rows, 2);
  expect(survived.killedAt).toHaveLength(2);
  for (const at of survived.killedAt) {
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(rows);
  }
  const { registered, unchanged } = survived.last.counts;
  expect(registered! + unchanged!).toBe(rows);
  expect(survived).toMatchObject({
    last: { state: 'done' },
    registrations: rows,
    people: rows,
    inRoster: rows,
    ledgerIsWhole: true,
    adopted: true,
  });
  expect(survived.auditEntries).toBe(survived.eventsNamed);
  expect(survived.auditEntries).toBeGreaterThanOrEqual(survived.events);
});
