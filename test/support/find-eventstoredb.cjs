const { accessSync, constants } = require('node:fs');
const path = require('node:path');

const PROGRAMS = ['eventstored', 'EventStore.ClusterNode', 'kurrentd'];

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Where a real EventStoreDB can be had, in this order: a server that is named, a server program on PATH, a container
 * engine; or why none can.
 */
async function findEventStoreDb() {
  const url = process.env.ENISHI_TEST_EVENTSTOREDB;
  if (url) return { kind: 'server', url };
  const program = PROGRAMS.map(onPath).find(Boolean);
  if (program) return { kind: 'program', program };
  try {
    const { getContainerRuntimeClient } = require('testcontainers');
    await getContainerRuntimeClient();
    return { kind: 'container' };
  } catch {
    return {
      kind: 'none',
      reason: `ENISHI_TEST_EVENTSTOREDB is not set, none of ${PROGRAMS.join(', ')} is on PATH, and no container engine answers`,
    };
  }
}

module.exports = { findEventStoreDb };
