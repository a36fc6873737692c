import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Report } from '@enishi/verification';
import { NODE, verifyFile } from '@enishi/verification-node';
import { contentOf, filesOf } from '../../libs/verification/src/zip';
import { startServer } from './bench-process';
import { covered } from './covered';
import type { Ground } from './ground';
import { median, now, timed } from './measure';
import type { People } from './people';
import { hashTree } from './raw-hashing';
import type { Result } from './result';
import type { ServerReport } from './server-process';

/**
 * Verifying a bundle of the whole ledger, against the hashing that it cannot do without: each leaf, each node of the tree,
 * and each file once for its digest.
 */
export async function verifyBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const { room, place } = populated;
  const leaves = await covered(populated);
  const file = path.join(place.home, 'ledger.zip');
  const server = await startServer({ place, worker: false });
  try {
    await save(server.report, '/v1/bundles/export?of=ledger', file);
  } finally {
    await server.stop();
  }
  const raw: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < (ground.options.quick ? 1 : 3); round += 1) {
    await ground.settle();
    let report: Report | undefined;
    ours.push((leaves * 1000) / (await timed(async () => (report = await verifyFile(file)))));
    if (report!.outcome !== 'verified') throw new Error(`the bundle has ${report!.findings[0]!.code}`);
    await ground.settle();
    const hashed = await hashTree(room.store, room.identity.ledgerId, leaves);
    raw.push((leaves * 1000) / (hashed + (await hashFiles(file))));
  }
  return [
    {
      bench: 'verify',
      line: `bundle of all ${leaves.toLocaleString('en')} events verified / hashing of its leaves, nodes and files`,
      unit: 'events/s',
      raw: median(raw),
      ours: median(ours),
      target: { kind: 'ratio', atLeast: 0.5 },
    },
  ];
}

/** Takes a file from a server. */
function save({ port, token }: ServerReport, from: string, to: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: from, headers, agent: false }, (answer) => {
      if (answer.statusCode === 200) pipeline(answer, createWriteStream(to)).then(resolve, reject);
      else reject(new Error(`the server answered ${answer.statusCode}`));
    }).once('error', reject);
  });
}

/** SHA-256 over each file of a zip. Answers milliseconds; reading and unfolding are not among them. */
async function hashFiles(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const source = {
      size,
      read: async (from: number, to: number) =>
        (await handle.read(Buffer.allocUnsafe(to - from), 0, to - from, from)).buffer,
    };
    let milliseconds = 0;
    for (const [, entry] of await filesOf(source)) {
      const digest = createHash('sha256');
      for await (const part of contentOf(source, entry, NODE)) {
        const began = now();
        digest.update(part);
        milliseconds += now() - began;
      }
    }
    return milliseconds;
  } finally {
    await handle.close();
  }
}
