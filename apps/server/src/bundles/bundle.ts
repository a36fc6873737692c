import { createHash, randomUUID } from 'node:crypto';
import {
  BUNDLE_FORMAT,
  FILES,
  manifestText,
  signatureText,
  type FileEntry,
  type FileName,
} from '@enishi/bundle';
import { toBase64 } from '@enishi/transparency';
import { sha256, signNote } from '@enishi/worker';
import { bytesIn, ZipStream } from '../audit/zip-stream';
import { filesOf, keysOf, type BundleMaking, type Parts } from './bundle-files';

/** Leaves from which on a bundle might exceed 4 GiB: an event has some kilobytes. */
const MANY = 200_000;

/**
 * A bundle (docs/bundle.md), made while it is read: file after file, the manifest behind them, its signature last. It
 * reads the excerpt once for each file that is made of events, and keeps no page of it.
 */
export async function* bundleOf(making: BundleMaking): AsyncGenerator<Buffer> {
  const zip = new ZipStream(making.excerpt.leaves > MANY);
  const entries: Partial<Record<FileName, FileEntry>> = {};
  const bundle = randomUUID();
  const createdAt = making.infrastructure.ledger.clock.now();
  for (const [name, parts] of filesOf(making, { bundle, createdAt })) {
    yield* zip.entry(
      name,
      measured(name, parts, (entry) => (entries[name] = entry)),
    );
  }
  const { checkpoint, infrastructure, level, scope } = making;
  const manifest = manifestText({
    bundle,
    checkpoint: { root: toBase64(checkpoint.root), size: checkpoint.size },
    createdAt,
    files: entries as Record<string, FileEntry>,
    format: BUNDLE_FORMAT,
    ledger: infrastructure.identity.ledgerId,
    level,
    scope,
  });
  yield* zip.entry(FILES.manifest, [manifest]);
  yield* zip.entry(FILES.signature, [await signatureOf(manifest, making)]);
  yield zip.end();
}

/** The content of a file as it comes; behind its end, what the manifest says of it. */
async function* measured(
  name: FileName,
  parts: Parts,
  told: (entry: FileEntry) => void,
): AsyncGenerator<string | Uint8Array> {
  const digest = createHash('sha256');
  const isLines = name.endsWith('.jsonl');
  let [bytes, lines] = [0, 0];
  for await (const part of parts) {
    const plain = bytesIn(part);
    digest.update(plain);
    bytes += plain.length;
    if (isLines) lines += linesIn(plain);
    yield part;
  }
  told({ bytes, sha256: digest.digest('hex'), ...(isLines && { lines }) });
}

const LINE_FEED = 0x0a;

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

/**
 * A note over the manifest's digest, by the key that signed the checkpoint.
 * @throws VaultError where that key was changed, and destroyed, while the bundle was made: another one is to be made
 */
async function signatureOf(manifest: string, making: BundleMaking): Promise<string> {
  const key = (await keysOf(making)).at(-1)!;
  const text = signatureText(sha256(Buffer.from(manifest)));
  return signNote(making.infrastructure.ledger, [key], text);
}
