const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { findEventStoreDb } = require('./find-eventstoredb.cjs');
const { ensureRoles, startCluster } = require('./postgres-cluster.cjs');

/**
 * One PostgreSQL cluster for the whole run; ENISHI_TEST_POSTGRES (an admin connection string) brings another. Where an
 * EventStoreDB can be had is looked up once, and told to the specs; so is the folder of what homes begin with
 * (prepared-home.ts).
 */
module.exports = async function globalSetup() {
  if (!process.env.ENISHI_TEST_POSTGRES) {
    const cluster = await startCluster();
    globalThis.enishiTestCluster = cluster;
    process.env.ENISHI_TEST_POSTGRES = cluster.adminUrl;
  }
  await ensureRoles(process.env.ENISHI_TEST_POSTGRES);
  const prepared = fs.mkdtempSync(path.join(os.tmpdir(), 'enishi-test-home-'));
  // PostgreSQL's own account must reach what is in it.
  fs.chmodSync(prepared, 0o755);
  process.env.ENISHI_TEST_PREPARED = prepared;
  process.env.ENISHI_TEST_EVENTSTOREDB_FOUND = JSON.stringify(await findEventStoreDb());
};
