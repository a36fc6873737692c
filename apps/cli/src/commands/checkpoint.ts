import { readCheckpoint } from '@enishi/transparency';
import { leaf } from '../leaf';
import { textAt } from '../proofs';

/** `enishi checkpoint` */
export const CHECKPOINT = leaf<object>({
  usage: 'checkpoint',
  summary: 'the newest signed checkpoint, as text to keep',
  examples: ['checkpoint > checkpoint.txt', 'checkpoint --json'],
  notes: 'Keep it outside: `proof consistency` tells later whether the ledger was rewritten since.',
  async act(session) {
    const note = await textAt(await session.api(), '/checkpoint');
    const { origin, size, root } = readCheckpoint(note).checkpoint;
    await session.show({ origin, size, root: Buffer.from(root).toString('base64'), note }, () => note);
  },
});
