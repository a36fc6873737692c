import { readFileSync } from 'node:fs';
import { VERSION as ofCommandLine } from '../apps/cli/src/program';
import { VERSION as ofServer } from '../apps/server/src/version';

const stated = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

it('is one version everywhere', () => {
  const versions = [
    ofServer,
    ofCommandLine,
    stated('apps/cli/package.json'),
    stated('apps/console/package.json'),
  ];
  expect(versions).toEqual(versions.map(() => stated('package.json')));
});
