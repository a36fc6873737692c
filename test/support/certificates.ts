import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An authority of the test's own, and a certificate that it signed for this machine. */
export interface Certificates {
  /** The authority's certificate. */
  readonly authority: string;
  /** The folder it lies in, alone. */
  readonly authorities: string;
  readonly certificate: string;
  readonly key: string;
  remove(): void;
}

/** Whether certificates can be made here: Node makes none. */
export const canMakeCertificates = spawnSync('openssl', ['version']).status === 0;

/** Makes both, for 127.0.0.1 and localhost, valid for a day. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-tls-'));
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const authorities = at('authorities');
  mkdirSync(authorities);
  const authority = path.join(authorities, 'ca.crt');
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', authority, '-days', '1'],
    ...['-subj', '/CN=Enishi test authority'],
  );
  writeFileSync(
    at('node.ext'),
    [
      'basicConstraints=CA:FALSE',
      'keyUsage=digitalSignature,keyEncipherment',
      'extendedKeyUsage=serverAuth,clientAuth',
      'subjectAltName=IP:127.0.0.1,DNS:localhost',
    ].join('\n'),
  );
  openssl(
    'req',
    ...newKey,
    '-keyout',
    at('node.key'),
    '-out',
    at('node.csr'),
    '-subj',
    '/CN=eventstoredb-node',
  );
  openssl(
    ...['x509', '-req', '-in', at('node.csr'), '-CA', authority, '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-out', at('node.crt'), '-days', '1', '-extfile', at('node.ext')],
  );
  return {
    ...{ authority, authorities, certificate: at('node.crt'), key: at('node.key') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
