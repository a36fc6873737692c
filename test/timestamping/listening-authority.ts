import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { certify, stamp } from './invented-authority';

/** An authority of time stamps on this machine. */
export interface ListeningAuthority {
  readonly url: string;
  /** The certificate that its own leads to, PEM. */
  readonly root: string;
  close(): void;
}

/** Starts one, which stamps whatever it is asked. */
export async function listenAuthority(): Promise<ListeningAuthority> {
  const root = certify({ name: 'Root', isAuthority: true });
  const signer = certify({ name: 'Stamps 時刻', issuer: root });
  const server = createServer((request, response) => {
    void request.toArray().then((parts) => {
      const answer = stamp(Buffer.concat(parts as Buffer[]), { signer });
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root: root.pem,
    close: () => void server.close(),
  };
}
