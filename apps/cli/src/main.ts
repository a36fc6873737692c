import { EXIT } from './exit-codes';
import { run } from './run';

// A reader that closes early (head, less) is no failure.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
  );
}

void run(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
