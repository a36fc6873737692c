const fs = require('node:fs');

module.exports = async function globalTeardown() {
  fs.rmSync(process.env.ENISHI_TEST_PREPARED, { recursive: true, force: true });
  delete process.env.ENISHI_TEST_PREPARED;
  const cluster = globalThis.enishiTestCluster;
  if (!cluster) return;
  // In watch mode the next run starts its own.
  delete process.env.ENISHI_TEST_POSTGRES;
  await cluster.stop();
};
