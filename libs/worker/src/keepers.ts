import type { Pool } from 'pg';
import { isOutsideAddress, postText, shownAddress } from './outside-request';
import { checkpointFrom } from './proofs';
import { NotAccepted, type Receiver } from './receivers';

/**
 * Addresses that keep checkpoints, as settings name them: several by comma, of mail with `mailto:` before.
 * @returns undefined where one is none that checkpoints may be posted or mailed to, or is named twice
 */
export function readKeepers(
  text: string,
  allowed: { readonly loopback: boolean },
): readonly string[] | undefined {
  const urls = text.split(',').map((url) => url.trim());
  const names = new Set(urls.map((url) => keptAt(url, allowed)));
  return names.size === urls.length && !names.has('') ? urls : undefined;
}

/** A keeper's mail address; undefined where it is posted to. */
export function mailAddress(keeper: string): string | undefined {
  return /^mailto:([^\s@<>,;:"?%&]+@[^\s@<>,;:"?%&]+\.[^\s@<>,;:"?%&]+)$/i.exec(keeper)?.[1];
}

function keptAt(keeper: string, allowed: { readonly loopback: boolean }): string {
  const address = mailAddress(keeper);
  if (address !== undefined) return address.toLowerCase();
  return isOutsideAddress(keeper, allowed) ? shownAddress(keeper) : '';
}

/** Posts checkpoints to an address that keeps them; any answer of success says that it does. */
export function keeperReceiver(pool: Pool, url: string, everySeconds: number): Receiver {
  return {
    kind: 'keeper',
    name: shownAddress(url),
    everySeconds,
    async hand(checkpoint, known, signal) {
      const { status } = await postText(url, await checkpointFrom(pool, known, checkpoint), signal);
      if (status < 200 || status > 299) throw new NotAccepted(`answered-${status}`);
    },
  };
}
