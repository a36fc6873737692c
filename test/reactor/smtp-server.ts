import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** How the server behaves towards the next letters. */
export type Behaviour =
  | 'accepts'
  | 'refuses-recipient'
  | 'is-busy'
  | 'refuses-letter'
  | 'never-greets'
  | 'never-confirms'
  | 'hangs-up-after-the-letter';

/** A small mail server of the specs' own (RFC 5321, as far as it is needed). */
export interface SmtpServer {
  readonly url: string;
  /** What was taken, as it came. */
  readonly letters: string[];
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

export async function startSmtpServer(): Promise<SmtpServer> {
  let how: Behaviour = 'accepts';
  const letters: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (how !== 'never-greets') socket.write('220 specs ESMTP\r\n');
    let taken = '';
    let inLetter = false;
    socket.on('data', (part) => {
      taken += part.toString('latin1');
      for (;;) {
        const end = inLetter ? taken.indexOf('\r\n.\r\n') : taken.indexOf('\r\n');
        if (end < 0) return;
        const piece = taken.slice(0, end);
        taken = taken.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          inLetter = false;
          letterCame(piece, socket);
        } else inLetter = answer(piece, socket);
      }
    });
  });
  function answer(command: string, socket: Socket): boolean {
    const word = command.slice(0, 4).toUpperCase();
    if (word === 'EHLO') socket.write('250-specs\r\n250 8BITMIME\r\n');
    else if (word === 'RCPT' && how === 'refuses-recipient') socket.write('550 5.1.1 no such user\r\n');
    else if (word === 'RCPT' && how === 'is-busy') socket.write('451 4.3.0 later\r\n');
    else if (word === 'DATA') socket.write('354 go on\r\n');
    else if (word === 'STAR') socket.write('502 5.5.1 unknown\r\n');
    else if (word === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
    return word === 'DATA';
  }
  function letterCame(letter: string, socket: Socket): void {
    if (how === 'never-confirms') return;
    if (how === 'hangs-up-after-the-letter') return void socket.destroy();
    if (how === 'refuses-letter') return void socket.write('554 5.6.0 not this\r\n');
    letters.push(letter);
    socket.write('250 2.0.0 taken\r\n');
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    behave: (next) => (how = next),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
