import { selfCheck, type SelfCheck } from '@enishi/worker';
import { covered } from './covered';
import type { Ground } from './ground';
import { median, timed } from './measure';
import type { People } from './people';
import type { Result } from './result';

/** Every event read, the tree computed anew, and everything that was kept of it compared. */
export async function selfCheckBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  await covered(populated);
  const { room } = populated;
  const taken: number[] = [];
  let last: SelfCheck | undefined;
  for (let round = 0; round < (ground.options.quick ? 1 : 3); round += 1) {
    await ground.settle();
    taken.push(await timed(async () => (last = await selfCheck(room.ledger, room.pool))));
    if (last!.found > 0) throw new Error(`the self-check found ${last!.found} differences`);
  }
  const { leaves, checkpoints } = last!;
  return [
    {
      bench: 'self-check',
      line: `self-check of ${leaves.toLocaleString('en')} events and ${checkpoints.toLocaleString('en')} checkpoints`,
      unit: 'ms',
      ours: median(taken),
      note: `${Math.round((leaves * 1000) / median(taken)).toLocaleString('en')} events a second`,
    },
  ];
}
