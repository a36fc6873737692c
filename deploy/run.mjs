// Starts the server (`server`) or the command line (anything else) in this process, with secrets out of files: for each
// secret ENISHI_…_FILE, the content of the file becomes ENISHI_…. Signals reach the program itself.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { withSecretFiles } = require('../dist/libs/migrations/src/secret-files.js');
try {
  const env = withSecretFiles(process.env);
  for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
} catch (error) {
  process.stderr.write(`✗ ${error.message} ${error.remedy ?? ''}\n`);
  process.exit(1);
}

const [what = 'server'] = process.argv.slice(2);
if (what === 'server') {
  process.argv.splice(2, 1);
  require('../dist/apps/server/src/main.js');
} else {
  require('../apps/cli/bin/enishi.cjs');
}
