// `npm start`: makes the clone ready where it is not, then becomes the server.
import { prepare, report } from './prepare.mjs';

process.title = 'enishi';

prepare().then(
  () => import('../../dist/apps/server/src/main.js'),
  (error) => process.exit(report(error)),
);
