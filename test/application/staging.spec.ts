import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stagingIn } from '@enishi/application/ledger';

const FRAME = 256 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), 'enishi-staging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of the vault, staging asks for tags only. */
const vault = {
  tag: (...parts: string[]) => createHmac('sha256', 'secret').update(parts.join('|')).digest('hex'),
} as unknown as Parameters<typeof stagingIn>[1];
const staging = stagingIn(folder, vault);

async function staged(size: number): Promise<Buffer> {
  const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 0xff));
  const source = (async function* () {
    for (let at = 0; at < size; at += 100_000) yield bytes.subarray(at, at + 100_000);
  })();
  const written = await staging.write('one', source, size);
  expect(written.bytes).toBe(size);
  return bytes;
}

it.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 77])(
  'a staged file of %i bytes is read from any place of it',
  async (size) => {
    const bytes = await staged(size);
    const file = staging.anywhere('one', size);
    expect(file.size).toBe(size);
    const places = [0, 1, FRAME - 3, FRAME, FRAME + 5, 2 * FRAME - 1, size - 9, size - 1, size, size + 10];
    for (const from of places.filter((place) => place >= 0))
      for (const length of [0, 1, 7, FRAME, 2 * FRAME + 3])
        expect(Buffer.from(await file.read(from, length)).equals(bytes.subarray(from, from + length))).toBe(
          true,
        );
  },
);

it('a staged file that was cut or changed is not read', async () => {
  await staged(2 * FRAME + 100);
  const file = path.join(folder, 'one.sealed');
  const whole = readFileSync(file);
  const changed = Buffer.from(whole);
  changed[FRAME + 100] = (changed[FRAME + 100] ?? 0) ^ 1;
  writeFileSync(file, changed);
  await expect(staging.anywhere('one', 2 * FRAME + 100).read(FRAME + 1, 10)).rejects.toThrow('damaged');
  writeFileSync(file, whole.subarray(0, FRAME));
  await expect(staging.anywhere('one', 2 * FRAME + 100).read(0, 10)).rejects.toThrow('damaged');
});
