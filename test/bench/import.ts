import { importLeavers } from './bench-process';
import type { Ground, Place } from './ground';
import type { ImportReport } from './import-process';
import { median } from './measure';
import { copyRows, takeRows } from './raw-copy';
import type { Result } from './result';

/** Import of leavers against COPY of exactly the rows that it wrote. The first place imported into is kept. */
export async function importBench(ground: Ground, keep: (place: Place) => void): Promise<readonly Result[]> {
  const { rows, quick } = ground.options;
  const reports: ImportReport[] = [];
  const copies: number[] = [];
  const copyPlace = await ground.place('copy');
  for (let round = 0; round < (quick ? 1 : 2); round += 1) {
    const name = round === 0 ? 'people' : 'again';
    const place = await ground.place(name);
    await ground.settle();
    reports.push(await importLeavers({ place, rows }));
    const written = await takeRows(place);
    if (round === 0) keep(place);
    else await ground.drop(name);
    await ground.settle();
    copies.push(await copyRows(copyPlace, written));
  }
  await ground.drop('copy');
  const registered = reports[0]!.registered;
  const rate = (milliseconds: readonly number[]): number => (registered * 1000) / median(milliseconds);
  return [
    {
      bench: 'import',
      line: `import of ${rows.toLocaleString('en')} leavers / COPY of its event, key and identity rows`,
      unit: 'rows/s',
      raw: rate(copies),
      ours: rate(reports.map(({ milliseconds }) => milliseconds)),
      target: { kind: 'ratio', atLeast: 0.5 },
    },
  ];
}
