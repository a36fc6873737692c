// `npm run bench [name…] [--rows N] [--quick] [--write]`: builds what is missing, then measures the compiled program.
import { createRequire } from 'node:module';
import { prepare, report } from '../apps/server/prepare.mjs';

const require = createRequire(import.meta.url);

try {
  await prepare();
  require('./bench/built.cjs');
  const { main } = require('./bench/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = report(error);
}
