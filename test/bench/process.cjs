/** A process of the bench, by name: what is measured for its memory, or stands at the other end of a connection. */
require('./built.cjs');
require('../../apps/server/src/heap').tuneHeap();

const processes = {
  import: () => require('./import-process.ts'),
  server: () => require('./server-process.ts'),
};

processes[process.argv[2]]();
