// A second process for the specs: starts the embedded PostgreSQL on the home given, says so in one line of
// JSON, and stays until it is killed (SIGTERM: stops PostgreSQL first). Compiles the sources as it loads them.
const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const { startEmbedded } = require(join(__dirname, '../../libs/embedded/src/index.ts'));
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const [home, url] = process.argv.slice(2);

startEmbedded({ home, onLog: () => undefined }).then(
  async (embedded) => {
    process.on('SIGTERM', () => embedded.stop().then(() => process.exit(0)));
    if (url) await embedded.announce(url);
    say({ adminUrl: embedded.adminUrl, adopted: embedded.adopted });
  },
  (error) => {
    say({ code: error.code, message: error.message, remedy: error.remedy, running: error.running });
    process.exit(1);
  },
);
