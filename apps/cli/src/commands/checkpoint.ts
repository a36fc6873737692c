import { readCheckpoint } from '@enishi/transparency';
import { leaf, type Group } from '../leaf';
import { textAt } from '../proofs';
import { CHECKPOINT_COSIGN } from './checkpoint-cosign';
import { CHECKPOINT_KEEPERS } from './checkpoint-keepers';
import { CHECKPOINT_TIMESTAMP } from './checkpoint-timestamp';
import { CHECKPOINT_CHANGES, CHECKPOINT_KEYS, CHECKPOINT_ROTATE_KEY } from './checkpoint-keys';

const show = leaf<object>({
  usage: 'show',
  summary: 'the newest signed checkpoint, as text to keep',
  examples: ['checkpoint > checkpoint.txt', 'checkpoint --json'],
  notes: 'Keep it outside: `proof consistency` tells later whether the ledger was rewritten since.',
  isDefault: true,
  async act(session) {
    const note = await textAt(await session.api(), '/checkpoint');
    const { origin, size, root } = readCheckpoint(note).checkpoint;
    await session.show({ origin, size, root: Buffer.from(root).toString('base64'), note }, () => note);
  },
});

/** `enishi checkpoint …` */
export const CHECKPOINT: Group = {
  name: 'checkpoint',
  summary: 'signed checkpoints to keep outside, and the keys that sign them',
  leaves: [
    show,
    CHECKPOINT_KEYS,
    CHECKPOINT_CHANGES,
    CHECKPOINT_ROTATE_KEY,
    CHECKPOINT_KEEPERS,
    CHECKPOINT_COSIGN,
    CHECKPOINT_TIMESTAMP,
  ],
};
