import { randomUUID } from 'node:crypto';
import { drawUpErasure, handleErasure, proposeErasure, systemContext } from '@enishi/application/ledger';
import { ERASABLE } from '@enishi/domain';
import { executeErasure } from '@enishi/worker';
import { exportsPurger } from '../../apps/server/src/exports/exports-purger';
import { retentionOf } from '../../apps/server/src/erasures/erasure-outlook';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { startWorker } from '../../apps/server/src/worker';
import type { Ground } from './ground';
import { timed } from './measure';
import type { People } from './people';
import type { Result } from './result';

/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);
const PLANNED = 100_000;
/** What 100,000 people may take. */
const PLAN_MS = 10_000;
const BLOCK_DAYS = 1827;

/**
 * A plan drawn up from streams and keys; and one carried out with all views at work in the same process: two events and
 * three keys of each person, every view passed, the list outside written. Takes people away: nothing that counts them comes
 * after it.
 */
export async function erasureBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const { room, people: all } = await people.open();
  const planned = all.slice(0, PLANNED);
  const order = { alumnusIds: planned, ground: 'ordered' } as const;
  await ground.settle();
  const drawing = await timed(() => drawUpErasure(room.ledger, order, retentionOf(room)));
  const gone = planned.slice(0, ground.options.quick ? 1000 : 10_000);
  const erasureId = await approved(room, gone);
  const worker = startWorker(room, end);
  try {
    await ground.settle();
    const { pool, ledger } = room;
    const signal = new AbortController().signal;
    const rebuildViews = () => Promise.reject(new Error('nothing is erased item by item here'));
    const purgers = [exportsPurger(room)];
    const options = { ledger, pool, purgers, rebuildViews, blockDays: BLOCK_DAYS, signal };
    const erasing = await timed(() => executeErasure(options, erasureId));
    return [
      {
        bench: 'erasure',
        line: `plan for ${planned.length.toLocaleString('en')} people`,
        unit: 'ms',
        ours: drawing,
        target: { kind: 'time', atMost: (PLAN_MS * planned.length) / PLANNED },
      },
      {
        bench: 'erasure',
        line: `${gone.length.toLocaleString('en')} people erased, a second`,
        unit: 'rows/s',
        ours: (gone.length * 1000) / erasing,
        target: { kind: 'rate', atLeast: 1000 },
      },
    ];
  } finally {
    await worker.stop();
  }
}

async function approved(room: Infrastructure, alumnusIds: readonly string[]): Promise<string> {
  const { ledger } = room;
  const erasureId = randomUUID();
  const order = { alumnusIds, categories: ERASABLE, ground: 'ordered', reason: '測定' } as const;
  const plan = { ...order, erasureId, staffId: randomUUID(), approvalAbove: 0 };
  await proposeErasure(ledger, plan, retentionOf(room), systemContext('bench'));
  const approve = { kind: 'ApproveErasure', staffId: randomUUID() } as const;
  await handleErasure(ledger, erasureId, approve, systemContext('bench'));
  return erasureId;
}
