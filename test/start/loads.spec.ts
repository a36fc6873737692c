import { execFileSync } from 'node:child_process';
import path from 'node:path';

const DIST = path.resolve(__dirname, '../../dist');

/** The packages that a module of the built program brings into a process. */
function packagesOf(module: string): readonly string[] {
  const script = `require(${JSON.stringify(path.join(DIST, module))});
    process.stdout.write(JSON.stringify(Object.keys(require.cache)));
    process.exit();`;
  const files = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[];
  const names = files.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'ours');
  return [...new Set(names)];
}

// A start is paid by everybody who types a command; what comes in by one import at the top of a file is hard to see.
it.each([
  [
    'the command line',
    'apps/cli/src/run.js',
    'commander',
    ['pg', '@nestjs/common', 'class-validator', 'libphonenumber-js'],
  ],
  ['a backup and a restore', 'apps/cli/src/back-up.js', 'pg', ['@nestjs/common', 'class-validator']],
  ['a move between event stores', 'apps/cli/src/move-store.js', 'pg', ['@nestjs/common', 'class-validator']],
  ['a worker', 'apps/server/src/worker.js', 'pg', ['oidc-provider', 'pdfmake']],
  [
    'the API',
    'apps/server/src/api.js',
    'fastify',
    ['oidc-provider', 'pdfmake', '@opentelemetry/sdk-trace-base'],
  ],
] as const)('%s loads what it uses', (_name, module, wanted, unwanted) => {
  const packages = packagesOf(module);
  expect(packages).toContain(wanted);
  const elsewhere = [...unwanted, '@eventstore/db-client'];
  expect(packages.filter((name) => (elsewhere as readonly string[]).includes(name))).toEqual([]);
});
