import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { checkTimestamp, readPem, readTimestamp, StampFault, writeRequest } from '@enishi/timestamping';
import { NODE_STAMPS } from '@enishi/verification-node';
import { notRun } from '../support/not-run';
import { certify, REFUSAL, stamp, type Certified, type Stamping } from './invented-authority';

const TEXT = 'enishi/ledger\n17\nroot\n';
const imprint = createHash('sha256').update(TEXT).digest();
const nonce = Buffer.from('4b1d000000000001', 'hex');
const request = writeRequest(imprint, nonce);

const root = certify({ name: 'Root 根', isAuthority: true });
const signer = certify({ name: 'Stamps 時刻', issuer: root });
const trusted = readPem(root.pem);

/** What a check of an answer comes to: the authority's name, or the code of what is wrong. */
async function outcome(answer: Uint8Array, pem: string | null = root.pem): Promise<string> {
  try {
    const read = readTimestamp(answer);
    return (await checkTimestamp(read, pem === null ? undefined : readPem(pem), NODE_STAMPS)).authority;
  } catch (error) {
    if (error instanceof StampFault) return error.code;
    throw error;
  }
}
const stamped = (wanted: Partial<Stamping> = {}): Uint8Array => stamp(request, { signer, ...wanted });
const by = (wanted: Omit<Certified, 'name'>): Uint8Array =>
  stamped({ signer: certify({ name: 'Other', ...wanted }) });

test('a stamp says what was stamped, when, in answer to what, and by whom', async () => {
  const at = new Date('2026-11-22T01:02:03Z');
  const old = certify({ name: 'Long', issuer: root, from: new Date(0), until: new Date('2049-12-31') });
  const read = readTimestamp(stamped({ signer: old, at }));
  expect(read).toMatchObject({ at: at.getTime(), imprint: Uint8Array.from(imprint) });
  expect(Buffer.from(read.nonce!)).toEqual(nonce);
  expect(await outcome(stamped())).toBe('Stamps 時刻');
});

test.each<[string, Partial<Stamping>]>([
  ['SHA-384', { digest: 'sha384' }],
  ['SHA-512', { digest: 'sha512' }],
  ['RSA', { signer: certify({ name: 'Stamps 時刻', issuer: root, kind: 'rsa' }) }],
  ['a certificate named by SHA-1, as before RFC 5816', { names: 'by-sha1' }],
  ['a certificate named by SHA-384', { names: 'by-sha384' }],
])('%s is understood', async (_, wanted) => {
  expect(await outcome(stamped(wanted))).toBe('Stamps 時刻');
});

describe('whom to trust', () => {
  const middle = certify({ name: 'Middle', issuer: root, isAuthority: true });
  const below = certify({ name: 'Below', issuer: middle });

  test('the root, an authority in the middle, or the certificate itself', async () => {
    const answer = stamped({ signer: below, certificates: [below, middle] });
    for (const { pem } of [root, middle, below]) expect(await outcome(answer, pem)).toBe('Below');
    expect(await outcome(answer, `text before\n${signer.pem}${root.pem}`)).toBe('Below');
    // What stands between may come from whoever checks, too.
    expect(await outcome(stamped({ signer: below }), `${middle.pem}${root.pem}`)).toBe('Below');
    expect(await outcome(stamped({ signer: below, certificates: [] }), below.pem)).toBe('Below');
  });

  test('nobody else', async () => {
    const [stranger, sameName] = [
      certify({ name: 'Stranger', isAuthority: true }),
      certify({ name: root.name, isAuthority: true }),
    ];
    expect(await outcome(stamped(), stranger.pem)).toBe('untrusted');
    expect(await outcome(stamped(), sameName.pem)).toBe('untrusted');
    expect(await outcome(stamped({ signer: below }))).toBe('untrusted');
    // Not judged where nobody is said to be trusted.
    expect(await outcome(by({}), null)).toBe('Other');
  });

  test.each<[string, () => Uint8Array]>([
    ['issued in another’s name', () => by({ issuer: certify({ name: 'X' }), pretends: root })],
    [
      'for other purposes too',
      () => by({ issuer: root, purposes: ['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.3'] }),
    ],
    ['for another purpose', () => by({ issuer: root, purposes: ['1.3.6.1.5.5.7.3.1'] })],
    ['with something in it that must be understood', () => by({ issuer: root, strange: '2.5.29.30' })],
    ['issued by one that may issue none', () => belowSigner()],
    ['issued too far below', () => tooFarBelow()],
    ['issued by an authority that had expired', () => belowExpired()],
    ['issued by a key that is too short', () => belowShort()],
  ])('not a certificate %s', async (_, made) => {
    expect(await outcome(made())).toBe('untrusted');
  });

  function belowSigner(): Uint8Array {
    const one = certify({ name: 'Other', issuer: signer });
    return stamped({ signer: one, certificates: [one, signer] });
  }
  function under(wanted: Omit<Certified, 'name'>): Uint8Array {
    const issuer = certify({ name: 'Between', issuer: root, isAuthority: true, ...wanted });
    const one = certify({ name: 'Other', issuer });
    return stamped({ signer: one, certificates: [one, issuer] });
  }
  function tooFarBelow(): Uint8Array {
    const first = certify({ name: 'First', issuer: root, isAuthority: true, pathLength: 0 });
    const second = certify({ name: 'Second', issuer: first, isAuthority: true });
    const one = certify({ name: 'Other', issuer: second });
    return stamped({ signer: one, certificates: [one, second, first] });
  }
  const belowExpired = (): Uint8Array => under({ until: new Date(Date.now() - 1000) });
  const belowShort = (): Uint8Array => under({ kind: 'short-rsa' });

  test('one that was not valid then', async () => {
    const [past, soon] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
    const expired = certify({ name: 'Old', issuer: root, until: past });
    expect(await outcome(stamped({ signer: expired }))).toBe('expired');
    expect(await outcome(by({ issuer: root, from: soon }))).toBe('expired');
    // It counts when it was stamped, not when it is checked.
    expect(await outcome(stamped({ signer: expired, at: new Date(past.getTime() - 60_000) }))).toBe('Old');
  });
});

test.each<[string, () => Uint8Array, string]>([
  ['changed afterwards', () => stamped({ isChangedAfterwards: true }), 'forged'],
  ['of another certificate', () => stamped({ names: 'another' }), 'forged'],
  ['of no certificate', () => stamped({ names: 'none' }), 'malformed'],
  ['without its certificate', () => stamped({ certificates: [root] }), 'malformed'],
  ['signed over SHA-1', () => stamped({ digest: 'sha1' }), 'unsupported'],
  ['signed by a short key', () => by({ issuer: root, kind: 'short-rsa' }), 'unsupported'],
  ['refused', () => REFUSAL, 'refused'],
  ['empty', () => new Uint8Array(), 'malformed'],
  ['text', () => Buffer.from('<html>It works</html>'), 'malformed'],
  ['longer', () => Buffer.concat([stamped(), Buffer.from([0])]), 'malformed'],
])('an answer that is %s is none', async (_, made, code) => {
  expect(await outcome(made())).toBe(code);
});

test('no byte of a stamp can be another, and the stamp say something else', async () => {
  const answer = Buffer.from(stamped());
  const { at } = readTimestamp(answer);
  const name = await outcome(answer);
  await fc.assert(
    fc.asyncProperty(fc.nat(answer.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
      const other = Buffer.from(answer);
      other[place]! ^= flip;
      if ((await outcome(other)) !== name) return;
      const read = readTimestamp(other);
      expect([read.at, Buffer.from(read.imprint)]).toEqual([at, imprint]);
    }),
    { numRuns: 1000 },
  );
});

test('whatever the bytes are, the answer is a code', async () => {
  const answer = Buffer.from(stamped());
  const cut = fc.nat(answer.length).map((end) => answer.subarray(0, end));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), cut), async (bytes) => {
      expect(typeof (await outcome(bytes))).toBe('string');
    }),
    { numRuns: 500 },
  );
  for (const pem of ['', 'nothing', '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n'])
    expect(() => readPem(pem)).toThrow(StampFault);
  expect(trusted).toHaveLength(1);
});

describe('openssl, which knows nothing of this code,', () => {
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  const ran = hasOpenssl ? test : test.skip;
  if (!hasOpenssl) notRun('time stamps made and checked by another program', 'openssl is not on PATH');
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString();
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'enishi-stamps-'));
    writeFileSync(at('text'), TEXT);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  ran('finds a stamp right that is right here', () => {
    writeFileSync(at('root.pem'), root.pem);
    writeFileSync(at('right.tsr'), stamped());
    const verify = ['ts', '-verify', '-data', 'text', '-in', 'right.tsr', '-CAfile', 'root.pem'];
    expect(openssl(...verify)).toContain('Verification: OK');
  });

  ran.each(['rsa:2048', 'ec'])('reads our request, and its answer is right here: %s', async (kind) => {
    writeFileSync(at('ts.cnf'), CONFIG);
    const key = kind === 'ec' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'] : [kind];
    const fresh = ['req', '-newkey', ...key, '-nodes', '-config', 'ts.cnf', '-utf8'];
    openssl(
      ...fresh,
      '-x509',
      '-subj',
      '/CN=Their root',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-extensions',
      'ca',
    );
    openssl(...fresh, '-subj', '/O=Them/CN=Their stamps 時', '-keyout', 'tsa.key', '-out', 'tsa.csr');
    const signed = ['x509', '-req', '-in', 'tsa.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    openssl(...signed, '-out', 'tsa.pem', '-extfile', 'ts.cnf', '-extensions', 'tsa');
    writeFileSync(at('request.tsq'), request);
    const reply = ['ts', '-reply', '-config', 'ts.cnf', '-section', 'stamps', '-queryfile', 'request.tsq'];
    openssl(...reply, '-signer', 'tsa.pem', '-inkey', 'tsa.key', '-out', 'answer.tsr');
    const answer = readFileSync(at('answer.tsr'));
    expect(await outcome(answer, readFileSync(at('ca.pem'), 'utf8'))).toBe('Their stamps 時');
    expect(await outcome(answer)).toBe('untrusted');
    const read = readTimestamp(answer);
    expect([Buffer.from(read.imprint), Buffer.from(read.nonce!)]).toEqual([imprint, nonce]);
    expect(Math.abs(read.at - Date.now())).toBeLessThan(60_000);
  });
});

const CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
CN = somebody
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
[stamps]
serial = ./serial
signer_digest = sha384
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;
