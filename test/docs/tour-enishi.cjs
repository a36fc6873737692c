'use strict';
// `enishi` for the tour. Some fifty commands would each start Node and load all modules of the command line, which takes more
// processor time than what they do. So one process keeps them loaded (`--serve`), and what the shell starts hands its arguments,
// environment and standard input over. The command line as a process of its own: test/backup/, test/e2e/.
const { connect, createServer } = require('node:net');
const { Readable, Writable } = require('node:stream');
const { buffer, json } = require('node:stream/consumers');

const [, , socket, ...args] = process.argv;

function serve() {
  const { run } = require('../../dist/apps/cli/src/run.js');
  const answer = async (line, asked) => {
    const { args: argv, env, input } = JSON.parse(asked);
    const [out, err] = [[], []];
    const into = (parts) =>
      new Writable({
        write(chunk, _encoding, written) {
          parts.push(chunk);
          written();
        },
      });
    const stdin = Readable.from([Buffer.from(input, 'base64')]);
    const code = await run(argv, { stdin, stdout: into(out), stderr: into(err), env });
    const [stdout, stderr] = [out, err].map((parts) => Buffer.concat(parts).toString('base64'));
    line.end(JSON.stringify({ code, stdout, stderr }));
  };
  const taken = (line) => {
    const parts = [];
    line.on('data', (part) => parts.push(part));
    line.on('end', () => void answer(line, Buffer.concat(parts)));
  };
  createServer({ allowHalfOpen: true }, taken).listen(socket, () => process.stdout.write('listening\n'));
}

async function handOver() {
  const input = (await buffer(process.stdin)).toString('base64');
  const line = connect(socket);
  line.end(JSON.stringify({ args, env: process.env, input }));
  const { code, stdout, stderr } = await json(line);
  process.stdout.write(Buffer.from(stdout, 'base64'));
  process.stderr.write(Buffer.from(stderr, 'base64'));
  process.exitCode = code;
}

if (args[0] === '--serve') serve();
else void handOver();
