// Starts the server (`server`) or the command line (anything else) in this process, with secrets out of files: for each
// variable ENISHI_…_FILE, the content of the file becomes ENISHI_…. Signals reach the program itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SECRETS = [
  'ENISHI_DATABASE',
  'ENISHI_DATABASE_OWNER',
  'ENISHI_EVENT_STORE',
  'ENISHI_EVENT_STORE_OWNER',
  'ENISHI_OIDC_CLIENT_SECRET',
];

for (const name of SECRETS) {
  const file = process.env[`${name}_FILE`];
  if (file === undefined || file === '') continue;
  if (process.env[name]) {
    process.stderr.write(`✗ ${name} and ${name}_FILE are both set. Keep one of them.\n`);
    process.exit(1);
  }
  try {
    process.env[name] = readFileSync(file, 'utf8').trim();
  } catch (error) {
    process.stderr.write(
      `✗ ${name}_FILE cannot be read (${error.code}). Name a file that this account may read.\n`,
    );
    process.exit(1);
  }
}

const require = createRequire(import.meta.url);
const [what = 'server'] = process.argv.slice(2);
if (what === 'server') {
  process.argv.splice(2, 1);
  require('../dist/apps/server/src/main.js');
} else {
  require('../apps/cli/bin/enishi.cjs');
}
