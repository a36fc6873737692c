import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rules that need types: what they catch (a lost promise) no test reliably does. */
const typeAware = {
  '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const inMemoryEvents = {
  name: '@nestjs/cqrs',
  importNames: ['EventBus', 'AggregateRoot', 'Saga', 'EventPublisher', 'EventsHandler', 'IEventHandler'],
  message:
    'In memory, loses events: CommandBus and QueryBus only; deciders, policies and the reactor instead.',
};

const deciders = {
  group: ['@enishi/domain'],
  importNamePattern: '([dD]ecider$|^decide)',
  message: 'A projection shows what was decided; it never decides.',
};

const nodeGlobals = {
  Buffer: 'readonly',
  URL: 'readonly',
  __dirname: 'readonly',
  clearTimeout: 'readonly',
  console: 'readonly',
  exports: 'writable',
  fetch: 'readonly',
  module: 'writable',
  process: 'readonly',
  require: 'readonly',
  setTimeout: 'readonly',
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', '.enishi/', 'test/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Control characters are what intake looks for; wide spaces are Japanese text.
      'no-control-regex': 'off',
      'no-irregular-whitespace': ['error', { skipRegExps: true, skipTemplates: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true, allowWithDecorator: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The counterpart of the compiler's noUncheckedIndexedAccess: `rows[0]!` says that the row is known to be there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-imports': ['error', { paths: [inMemoryEvents] }],
    },
  },
  {
    files: ['apps/server/**/*.ts', 'apps/cli/**/*.ts', 'libs/**/*.ts', 'projections/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: typeAware,
  },
  {
    files: ['apps/console/src/**/*.ts', 'apps/console/src/**/*.tsx'],
    languageOptions: {
      parserOptions: { project: './apps/console/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: typeAware,
  },
  {
    files: ['apps/verifier/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './apps/verifier/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: typeAware,
  },
  {
    // Nest reads the types of constructor parameters at run time: `import type` would take them away.
    files: [
      'apps/server/src/**/*.ts',
      'libs/application/src/**/*.ts',
      'libs/access/src/**/*.ts',
      'libs/worker/src/**/*.ts',
      'projections/**/*.ts',
    ],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['projections/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [inMemoryEvents], patterns: [deciders] }],
    },
  },
  { files: ['apps/cli/**', 'apps/server/src/main.ts', 'test/**'], rules: { 'no-console': 'off' } },
  {
    // Keeps a library's remark about Node 20 from the terminal while it is loaded.
    files: ['libs/access/src/development/identity-provider.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['apps/console/public/**/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: nodeGlobals },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
