// A PostgreSQL server of its own for a spec that ill-treats it, as a process: Jest does not load what starts one. Prints
// the admin connection string; ends the server when standard input ends.
const { ensureRoles, startCluster } = require('../support/postgres-cluster.cjs');

async function run() {
  const cluster = await startCluster();
  await ensureRoles(cluster.adminUrl);
  process.stdin.once('end', () => void cluster.stop().then(() => process.exit(0)));
  process.stdin.resume();
  process.stdout.write(`${cluster.adminUrl}\n`);
}

run();
