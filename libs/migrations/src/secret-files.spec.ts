import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withSecretFiles } from './secret-files';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'enishi-secrets-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const name = path.join(folder, 'secret');
  writeFileSync(name, text);
  return name;
};

test('the content of the file becomes the setting, without blanks around it', () => {
  const env = { ENISHI_DATABASE_FILE: file(' postgres://a\n'), ENISHI_MODE: 'production' };
  expect(withSecretFiles(env)).toEqual({ ENISHI_DATABASE: 'postgres://a', ENISHI_MODE: 'production' });
});

test('what is no secret, or named by nothing, is left as it is', () => {
  const env = { ENISHI_KEYS_FILE: '/x', ENISHI_DATABASE: 'postgres://a', ENISHI_EVENT_STORE_FILE: '' };
  expect(withSecretFiles(env)).toEqual({ ENISHI_KEYS_FILE: '/x', ENISHI_DATABASE: 'postgres://a' });
});

test('may be done twice', () => {
  const once = withSecretFiles({ ENISHI_EVENT_STORE_FILE: file('esdb://a') });
  expect(withSecretFiles(once)).toEqual(once);
});

test('both, or a file that is not there: said by name, without the value', () => {
  expect(() => withSecretFiles({ ENISHI_DATABASE: 'geheim', ENISHI_DATABASE_FILE: file('geheim') })).toThrow(
    'ENISHI_DATABASE and ENISHI_DATABASE_FILE are both set.',
  );
  expect(() => withSecretFiles({ ENISHI_DATABASE_FILE: path.join(folder, 'nothing') })).toThrow(
    'ENISHI_DATABASE_FILE cannot be read (ENOENT).',
  );
});
