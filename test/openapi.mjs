// `node test/openapi.mjs` writes docs/openapi.json as the built server serves it.
// `node test/openapi.mjs --validate` reads a document from standard input and prints what is wrong with it, as
// JSON: the validator is an ES module, which specs cannot load.
import { spawnSync } from 'node:child_process';
import { json } from 'node:stream/consumers';
import { Validator } from '@seriousme/openapi-schema-validator';

const bin = (path) => new URL(`../node_modules/${path}`, import.meta.url).pathname;
const run = (...args) => {
  const env = { ...process.env, ENISHI_WRITE_OPENAPI: '1' };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
};

if (process.argv.includes('--validate')) {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(await json(process.stdin));
  process.stdout.write(JSON.stringify({ valid, errors: errors ?? [], version: validator.version }));
} else {
  run(bin('jest/bin/jest.js'), '-i', 'test/openapi.spec.ts');
  run(bin('prettier/bin/prettier.cjs'), '--write', 'docs/openapi.json');
}
