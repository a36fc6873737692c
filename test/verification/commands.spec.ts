import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { FILES } from '@enishi/bundle';
import { ZipStream } from '../../apps/server/src/audit/zip-stream';
import { enishi } from '../cli/server';
import { signedFiles, someLedger } from './invented-bundle';
import { KINDS_OF_BUNDLES, originalOf, verified } from './mutant-run';

const PROGRAM = path.resolve(__dirname, '../../apps/verifier/bin/enishi-verify.mjs');
const ledger = someLedger('on the command line');
const original = originalOf(ledger, KINDS_OF_BUNDLES[0]!);
const signer = ledger.keys.at(-1)!;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'enishi-verify-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const made = path.join(folder, name);
  writeFileSync(made, content);
  return made;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The one file that runs without any package. */
function program(...args: readonly string[]): Promise<Ran> {
  const env = { LANG: 'en_US.UTF-8' };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { env, cwd: folder }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const ways: readonly (readonly [string, (...args: readonly string[]) => Promise<Ran>])[] = [
  ['enishi verify', (...args) => enishi(['verify', ...args], { ENISHI_HOME: folder })],
  ['enishi-verify', program],
];

describe.each(ways)('%s', (_, run) => {
  it('verifies, says how far that goes, and ends with 0', async () => {
    const bundle = file('bundle.zip', original.zip);
    const alone = await run(bundle);
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('✓ Verified');
    expect(alone.out).toContain('Self-signed');
    const kept = file('checkpoint.txt', ledger.checkpoint(9, [ledger.keys[0]!]));
    const { code, out } = await run(bundle, '--key', signer.vkey, '--since', kept, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'verified',
      trust: { level: 'not-rewritten', isYourKey: true, since: 9 },
    });
    expect((await run(bundle, '--lang', 'ja')).out).toContain('検証できました');
  });

  it('names the file that was changed, and ends with 1', async () => {
    const broken = Buffer.from(original.zip);
    broken[broken.indexOf('events.jsonl') + 40]! ^= 1;
    const { code, out } = await run(file('broken.zip', broken));
    expect(code).toBe(1);
    expect(out).toContain('✗ Not verified');
    expect(out).toContain(`${FILES.events}\n    The file is damaged. [zip-file-damaged]`);
  });

  it('ends with 2 where it is asked wrongly, or a file is not there', async () => {
    const bundle = file('bundle.zip', original.zip);
    for (const args of [
      [path.join(folder, 'nothing.zip')],
      [folder],
      [bundle, '--key', 'no key'],
      [bundle, '--since', path.join(folder, 'nothing.txt')],
      [bundle, '--nonsense'],
      [],
    ]) {
      const { code, out, err } = await run(...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).not.toContain(' at ');
    }
  });
});

it.each([false, true])(
  'a zip that is written as it is sent verifies too; beyond 4 GiB: %s',
  async (isLarge) => {
    const zip = new ZipStream(isLarge);
    const parts: Buffer[] = [];
    for (const [name, data] of signedFiles(original.unsigned, signer))
      for await (const part of zip.entry(name, [data.toString('utf8')])) parts.push(part);
    parts.push(zip.end());
    expect((await verified(Buffer.concat(parts))).findings).toEqual([]);
  },
);

it('bytes hidden behind the end of deflated data are found', async () => {
  const [first] = signedFiles(original.unsigned, signer);
  const packed = deflateRawSync(first![1]);
  const at = original.zip.indexOf(packed);
  expect(at).toBeGreaterThan(0);
  const longer = Buffer.concat([packed, Buffer.from('x')]);
  const zip = hidden(original.zip, at, packed.length, longer);
  expect((await verified(zip)).findings[0]).toMatchObject({ code: 'zip-file-damaged', file: first![0] });
});

/** A zip of which the first file's data are others; whatever tells of their length and place is put right. */
function hidden(zip: Buffer, at: number, length: number, data: Buffer): Buffer {
  const more = data.length - length;
  const copy = Buffer.concat([zip.subarray(0, at), data, zip.subarray(at + length)]);
  copy.writeUInt32LE(data.length, 18);
  const end = copy.length - 22;
  const list = copy.readUInt32LE(end + 16) + more;
  copy.writeUInt32LE(list, end + 16);
  copy.writeUInt32LE(data.length, list + 20);
  for (let entry = next(copy, list); entry < end; entry = next(copy, entry))
    copy.writeUInt32LE(copy.readUInt32LE(entry + 42) + more, entry + 42);
  return copy;
}

const next = (zip: Buffer, entry: number): number =>
  entry + 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30);
