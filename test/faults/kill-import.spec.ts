import { killDuringImport } from './kill-import';

jest.setTimeout(120_000);

it('loses no row and takes none twice when the server is killed during an import', async () => {
  const rows = 2000;
  const survived = await killDuringImport(rows, 1);
  expect(survived.killedAt[0]).toBeGreaterThan(0);
  expect(survived.killedAt[0]).toBeLessThan(rows);
  const { registered, unchanged } = survived.last.counts;
  expect(registered! + unchanged!).toBe(rows);
  expect(unchanged).toBeGreaterThanOrEqual(survived.killedAt[0]!);
  expect(survived).toMatchObject({
    last: { state: 'done' },
    registrations: rows,
    people: rows,
    inRoster: rows,
    ledgerIsWhole: true,
    adopted: true,
  });
  expect(survived.auditEntries).toBe(survived.events);
});
