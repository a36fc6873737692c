import type { KeyId, OpeningKey } from './key-cache';
import type { KeyRing } from './key-ring';
import type { KeyName } from './key-table';
import type { Watch } from './observing';
import type { Sessions } from './sessions';

/**
 * The keys named, through the session's cache.
 * @param once those that are not there are fetched and not put there
 * @throws KeyLost, VaultUnavailable
 */
export async function fetchKeys(
  { sessions, ring }: { readonly sessions: Sessions; readonly ring: KeyRing },
  wanted: ReadonlyMap<KeyId, KeyName>,
  once = false,
): Promise<ReadonlyMap<KeyId, OpeningKey>> {
  const session = await sessions.current();
  const watch: Watch = new Set();
  session.watches.add(watch);
  try {
    return await ring.forOpening(session, wanted, watch, once);
  } finally {
    session.watches.delete(watch);
  }
}
