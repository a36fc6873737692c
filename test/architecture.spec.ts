import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';

jest.setTimeout(120_000);

const root = join(__dirname, '..');

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** What the import rules object to in the folders of a tree that looks like ours. */
function violations(tree: string): Promise<readonly Violation[]> {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    const options = { cwd: tree, maxBuffer: 256 * 1024 * 1024 };
    execFile(
      process.execPath,
      [depcruise, ...args, 'apps', 'libs', 'projections'],
      options,
      (error, stdout, stderr) => {
        if (stdout === '') reject(error ?? new Error(stderr));
        else resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
      },
    );
  });
}

it('nobody imports what its room may not', async () => {
  const found = (await violations(root)).map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`);
  expect(found).toEqual([]);
});

// file → what it imports → the rule that must object (undefined: it is allowed)
const cases: readonly (readonly [file: string, imports: string, rule: string | undefined])[] = [
  ['libs/domain/src/a.ts', `import '@enishi/vault'`, 'domain-imports-rooms'],
  [
    'libs/domain/src/b.ts',
    `import type { V } from '@enishi/vault'; export type W = V`,
    'domain-imports-rooms',
  ],
  ['libs/domain/src/c.ts', `import 'node:crypto'`, 'domain-imports-node'],
  ['libs/domain/src/d.ts', `import 'fs'`, 'domain-imports-node'],
  ['libs/domain/src/e.ts', `import 'uuid'`, 'domain-imports-packages'],
  ['libs/domain/src/policies/f.ts', `import '@enishi/event-store'`, 'domain-imports-rooms'],
  ['libs/domain/src/g.ts', `import './h'`, undefined],
  ['libs/domain/src/h.ts', ``, undefined],
  ['libs/transparency/src/a.ts', `import 'canonicalize'`, undefined],
  ['libs/transparency/src/b.ts', `import 'node:crypto'`, 'transparency-imports-node'],
  ['libs/transparency/src/c.ts', `import '@enishi/domain'`, 'transparency-imports-rooms'],
  ['libs/bundle/src/a.ts', `import '@enishi/domain'; import '@enishi/transparency'`, undefined],
  ['libs/bundle/src/b.ts', `import 'node:crypto'`, 'bundle-imports-node'],
  ['libs/bundle/src/c.ts', `import '@enishi/vault'`, 'bundle-imports-rooms'],
  ['libs/event-store/src/a.ts', `import { v } from '@enishi/domain'; v()`, 'event-store-imports-types-only'],
  ['libs/event-store/src/b.ts', `import type { V } from '@enishi/domain'; export type W = V`, undefined],
  ['libs/event-store/src/postgres.ts', `import '@eventstore/db-client'`, 'one-door-to-eventstoredb'],
  ['libs/event-store/src/eventstoredb.ts', `import '@eventstore/db-client'`, undefined],
  ['libs/vault/src/a.ts', `import '@enishi/application'`, 'vault-imports-rooms'],
  ['libs/intake/src/a.ts', `import 'pg'`, 'intake-imports-packages'],
  ['libs/embedded/src/a.ts', `import '@enishi/domain'`, 'embedded-imports-rooms'],
  ['libs/access/src/a.ts', `import '@enishi/domain'`, 'access-imports-rooms'],
  ['libs/application/src/a.ts', `import '@enishi/worker'`, 'application-imports-rooms'],
  ['libs/worker/src/a.ts', `import '@enishi/projections/roster/projection'`, 'worker-imports-rooms'],
  ['libs/worker/src/b.ts', `import '@enishi/projections/engine/index'`, undefined],
  ['libs/worker/src/c.ts', `import '../../../apps/server/src/main'`, 'nothing-imports-an-app'],
  ['projections/engine/index.ts', ``, undefined],
  ['projections/all.ts', `import './roster/projection'`, undefined],
  ['projections/roster/projection.ts', `import '@nestjs/common'`, 'only-query-knows-nest'],
  ['projections/roster/query.ts', `import '@nestjs/common'; import '../engine/index'`, undefined],
  ['projections/history/a.ts', `import '../roster/projection'`, 'projections-imports-rooms'],
  [
    'apps/server/src/main.ts',
    `import '@enishi/embedded'; import './consents/consents.controller'`,
    undefined,
  ],
  ['apps/server/src/consents/a.ts', `import '@enishi/event-store'`, 'server-slices-imports-rooms'],
  ['apps/server/src/consents/b.ts', `import 'pg'`, 'server-slices-imports-packages'],
  [
    'apps/server/src/consents/c.ts',
    `import '@enishi/projections/roster/projection'`,
    'server-slices-imports-rooms',
  ],
  ['apps/server/src/consents/d.ts', `import '@enishi/projections/roster/query'`, undefined],
  ['apps/server/src/consents/consents.controller.ts', `import '@enishi/application'`, undefined],
  ['apps/cli/src/main.ts', `import '../../server/src/main'`, 'no-app-imports-another'],
  ['apps/console/src/main.tsx', `import '@enishi/domain'`, 'console-imports-rooms'],
  ['libs/vault/src/index.ts', `import '@enishi/event-store'`, 'vault-imports-types-only'],
  ['libs/event-store/src/index.ts', `import '@enishi/vault'`, 'no-circle-of-rooms'],
];

describe('the import rules', () => {
  let tree: string;
  let found: readonly Violation[];

  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'enishi-imports-'));
    cpSync(join(root, 'tsconfig.json'), join(tree, 'tsconfig.json'));
    const doors = ['domain', 'transparency', 'application', 'worker', 'access', 'intake', 'embedded'];
    const files = [...cases, ...doors.map((room) => [`libs/${room}/src/index.ts`, ''] as const)];
    for (const [file, imports] of files) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), `${imports}\nexport {};\n`);
    }
    found = await violations(tree);
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(cases.filter(([, imports]) => imports !== ''))('%s: %s → %s', (file, _, rule) => {
    const objections = found.filter(({ from }) => from === file).map((violation) => violation.rule.name);
    if (rule === undefined) expect(objections).toEqual([]);
    else expect(objections).toContain(rule);
  });
});

const configured = new ESLint({ cwd: root });
const refused = [
  ['libs/application/src/index.ts', 'EventBus', '@nestjs/cqrs'],
  ['apps/server/src/main.ts', 'AggregateRoot', '@nestjs/cqrs'],
  ['libs/worker/src/index.ts', 'Saga', '@nestjs/cqrs'],
  ['projections/engine/index.ts', 'EventsHandler', '@nestjs/cqrs'],
  ['projections/engine/index.ts', 'consentDecider', '@enishi/domain'],
] as const;

it.each(refused)('the linter refuses in %s to import %s from %s', async (file, name, from) => {
  const rule = 'no-restricted-imports';
  const { rules } = (await configured.calculateConfigForFile(file)) as { rules: Record<string, never> };
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: { rules: { [rule]: rules[rule]! } },
  });
  const [result] = await eslint.lintText(`import { ${name} } from '${from}';\nexport { ${name} };\n`);
  expect(result!.messages.map((message) => message.ruleId)).toEqual([rule]);
});
