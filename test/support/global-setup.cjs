const { ensureRoles, startCluster } = require('./postgres-cluster.cjs');

/** One PostgreSQL cluster for the whole run; ENISHI_TEST_POSTGRES (an admin connection string) brings another. */
module.exports = async function globalSetup() {
  if (!process.env.ENISHI_TEST_POSTGRES) {
    const cluster = await startCluster();
    globalThis.enishiTestCluster = cluster;
    process.env.ENISHI_TEST_POSTGRES = cluster.adminUrl;
  }
  await ensureRoles(process.env.ENISHI_TEST_POSTGRES);
};
