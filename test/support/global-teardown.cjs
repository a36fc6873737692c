module.exports = async function globalTeardown() {
  const cluster = globalThis.enishiTestCluster;
  if (!cluster) return;
  // In watch mode the next run starts its own.
  delete process.env.ENISHI_TEST_POSTGRES;
  await cluster.stop();
};
