import { tuneHeap } from '../../apps/server/src/heap';
import { asOfBench } from './as-of';
import { commandBench } from './command';
import { erasureBench } from './erasure';
import { eventStoreDbBench } from './eventstoredb';
import { exportBench } from './export';
import { httpBench } from './http';
import { idleBench } from './idle';
import { importBench } from './import';
import { openGround, type Ground } from './ground';
import { readOptions } from './options';
import { pdfBench } from './pdf';
import { People } from './people';
import { plansBench } from './plans';
import { processesBench } from './processes';
import { proofBench } from './proof';
import { rebuildBench } from './rebuild';
import { programsBench } from './programs';
import { printResult, writeResults } from './report';
import type { Result } from './result';
import { rosterBench } from './roster';
import { sealingBench } from './sealing';
import { selfCheckBench } from './self-check';
import { startBench } from './start';
import { verifyBench } from './verify';
import { visibleBench } from './visible';
import { volumeBench } from './volume';

/** The parts of the bench, in the order in which they run. */
const BENCHES: Readonly<Record<string, (ground: Ground, people: People) => Promise<readonly Result[]>>> = {
  command: commandBench,
  http: httpBench,
  processes: processesBench,
  volume: (ground, people) => volumeBench(ground, (place) => people.keep(place)),
  import: (ground, people) => importBench(ground, (place) => people.keep(place)),
  rebuild: rebuildBench,
  roster: rosterBench,
  plans: plansBench,
  visible: visibleBench,
  sealing: sealingBench,
  export: exportBench,
  proof: proofBench,
  verify: verifyBench,
  'as-of': asOfBench,
  pdf: pdfBench,
  'self-check': selfCheckBench,
  idle: idleBench,
  erasure: erasureBench,
  start: startBench,
  programs: programsBench,
  eventstoredb: eventStoreDbBench,
};

/** Runs the bench. @returns the exit code: 0 also where a target is missed, which the table says. */
export async function main(args: readonly string[]): Promise<number> {
  let options;
  try {
    options = readOptions(args, Object.keys(BENCHES));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
  // As the server does, whose work most parts do in this process.
  tuneHeap();
  const ground = await openGround(options);
  const stop = (): void => void ground.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const people = new People(ground);
  const results: Result[] = [];
  try {
    for (const name of options.benches) {
      ground.say(`\n${name}`);
      for (const result of await BENCHES[name]!(ground, people)) {
        results.push(result);
        ground.say(printResult(result));
      }
    }
    ground.say(`\n${await writeResults(ground, results)}`);
  } finally {
    await people.close();
    await ground.stop();
  }
  return 0;
}
