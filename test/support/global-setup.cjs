const { findEventStoreDb } = require('./find-eventstoredb.cjs');
const { ensureRoles, startCluster } = require('./postgres-cluster.cjs');

/**
 * One PostgreSQL cluster for the whole run; ENISHI_TEST_POSTGRES (an admin connection string) brings another. Where an
 * EventStoreDB can be had is looked up once, and told to the specs.
 */
module.exports = async function globalSetup() {
  if (!process.env.ENISHI_TEST_POSTGRES) {
    const cluster = await startCluster();
    globalThis.enishiTestCluster = cluster;
    process.env.ENISHI_TEST_POSTGRES = cluster.adminUrl;
  }
  await ensureRoles(process.env.ENISHI_TEST_POSTGRES);
  process.env.ENISHI_TEST_EVENTSTOREDB_FOUND = JSON.stringify(await findEventStoreDb());
};
