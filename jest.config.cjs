/** Jest runs the TypeScript sources through swc; what needs a built server starts `dist/` as a child process. */
module.exports = {
  // In the worker itself, where Node loads what specs import once for all of them: docs/decisions/0158.
  testEnvironment: '<rootDir>/test/support/worker-environment.cjs',
  runtime: '<rootDir>/test/support/worker-runtime.cjs',
  // Specs wait for real servers and databases, on machines that may be busy; none of them is a measurement.
  testTimeout: 60_000,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/projections', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/apps/console/'],
  moduleNameMapper: {
    '^@enishi/projections/(.*)$': '<rootDir>/projections/$1',
    '^@enishi/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@enishi/([a-z-]+)/([a-z-]+)$': '<rootDir>/libs/$1/src/$2.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
