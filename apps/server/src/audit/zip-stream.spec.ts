import fc from 'fast-check';
import { filesIn } from '../../../../test/support/unzip';
import { ZipStream } from './zip-stream';

async function zipped(
  isLarge: boolean,
  files: readonly (readonly [string, readonly string[]])[],
): Promise<Buffer> {
  const zip = new ZipStream(isLarge);
  const parts: Buffer[] = [];
  for (const [name, text] of files) for await (const part of zip.entry(name, text)) parts.push(part);
  return Buffer.concat([...parts, zip.end()]);
}

it.each([false, true])('gives back every file, name and byte (zip64: %s)', async (isLarge) => {
  const files = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}\.txt$/), fc.array(fc.string())), {
    selector: ([name]) => name,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(files, async (made) => {
      const found = await filesIn(await zipped(isLarge, made));
      expect([...found].map(([name, bytes]) => [name, bytes.toString('utf8')])).toEqual(
        made.map(([name, text]) => [name, text.join('')]),
      );
    }),
    { numRuns: 30 },
  );
});

it('has numbers of eight bytes only where it may become large', async () => {
  const files = [['a.txt', ['縁']]] as const;
  const [plain, large] = await Promise.all([zipped(false, files), zipped(true, files)]);
  // Two extra fields, two longer sizes, and the end once more with its locator.
  expect(large.length - plain.length).toBe(20 + 28 + 8 + 56 + 20);
  expect(plain.includes(Buffer.from('PK\x06\x06', 'latin1'))).toBe(false);
});
