import { createHash, generateKeyPairSync, randomBytes, sign as signBytes, type KeyObject } from 'node:crypto';
import { partsOf, readDer, TAG, writeDer } from '../../libs/timestamping/src/der';

/** A certificate of the test's own, with its key. */
export interface Invented {
  readonly name: string;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly serial: Uint8Array;
  readonly secret: KeyObject;
}

/** What a certificate is to say; what is left out is as it should be. */
export interface Certified {
  readonly name: string;
  /** Its own where there is none. */
  readonly issuer?: Invented;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  readonly purposes?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
  readonly kind?: 'ec' | 'rsa' | 'short-rsa';
  /** An extension that must be understood, by its id. */
  readonly strange?: string;
  /** The name of the issuer, signed by somebody else. */
  readonly pretends?: Invented;
}

export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const DAY_MS = 86_400_000;
const DIGESTS = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
type Digest = keyof typeof DIGESTS;

const seq = (...parts: readonly Uint8Array[]): Uint8Array => writeDer(TAG.sequence, ...parts);
const int = (number: number): Uint8Array => writeDer(TAG.integer, Uint8Array.of(number));
const octets = (bytes: Uint8Array): Uint8Array => writeDer(TAG.octets, bytes);
const bits = (bytes: Uint8Array): Uint8Array => writeDer(TAG.bits, Uint8Array.of(0), bytes);
const YES = writeDer(TAG.boolean, Uint8Array.of(0xff));
const NULL = writeDer(0x05);

function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [40 * first + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return writeDer(TAG.oid, Uint8Array.from(bytes));
}

function time(at: Date): Uint8Array {
  const digits = at.toISOString().replace(/\.\d+|\D/g, '');
  return writeDer(TAG.generalizedTime, Buffer.from(`${digits}Z`));
}

function signatureOf(kind: 'ec' | 'rsa', digest: Digest = 'sha256'): Uint8Array {
  const at = { sha1: 0, sha256: 2, sha384: 3, sha512: 4 }[digest];
  if (kind === 'ec') return seq(oid(`1.2.840.10045.4.3.${at}`));
  return seq(oid(`1.2.840.113549.1.1.${at + 9}`), NULL);
}

const kindOf = (secret: KeyObject): 'ec' | 'rsa' => (secret.asymmetricKeyType === 'ec' ? 'ec' : 'rsa');
const named = (name: string): Uint8Array =>
  seq(writeDer(TAG.set, seq(oid('2.5.4.3'), writeDer(0x0c, Buffer.from(name)))));

/** Makes a certificate (RFC 5280) by hand; Node makes none. */
export function certify(wanted: Certified): Invented {
  const { name, kind = 'ec', isAuthority = false } = wanted;
  const keys =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
  const issuer = wanted.issuer ?? { name, secret: keys.privateKey };
  const serial = randomBytes(8);
  serial[0] = 0x41;
  const extension = (id: string, value: Uint8Array): Uint8Array => seq(oid(id), YES, octets(value));
  const { pathLength, strange } = wanted;
  const purposes = wanted.purposes ?? (isAuthority ? undefined : [TIME_STAMPING]);
  const extensions = [
    ...(isAuthority
      ? [extension('2.5.29.19', seq(YES, ...(pathLength === undefined ? [] : [int(pathLength)])))]
      : []),
    ...(purposes ? [extension('2.5.29.37', seq(...purposes.map(oid)))] : []),
    ...(strange === undefined ? [] : [extension(strange, NULL)]),
  ];
  const now = Date.now();
  const body = seq(
    writeDer(TAG.context[0], int(2)),
    writeDer(TAG.integer, serial),
    signatureOf(kindOf(issuer.secret)),
    named((wanted.pretends ?? issuer).name),
    seq(time(wanted.from ?? new Date(now - DAY_MS)), time(wanted.until ?? new Date(now + DAY_MS))),
    named(name),
    keys.publicKey.export({ format: 'der', type: 'spki' }),
    writeDer(TAG.context[3], seq(...extensions)),
  );
  const der = seq(body, signatureOf(kindOf(issuer.secret)), bits(signBytes('sha256', body, issuer.secret)));
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  return { name, der, pem, serial, secret: keys.privateKey };
}

/** What an answer is to be; what is left out is as it should be. */
export interface Stamping {
  readonly signer: Invented;
  /** Certificates that go with it; the signer's where none are said. */
  readonly certificates?: readonly Invented[];
  readonly at?: Date;
  readonly digest?: Digest;
  readonly imprint?: Uint8Array;
  readonly nonce?: Uint8Array;
  /** The attribute that names the certificate: by SHA-1 as of old, or of another certificate. */
  readonly names?: 'by-sha1' | 'by-sha384' | 'another' | 'none';
  readonly isChangedAfterwards?: boolean;
}

/** Answers a request (RFC 3161) as an authority does. */
export function stamp(request: Uint8Array, wanted: Stamping): Uint8Array {
  const { signer, at = new Date(), digest = 'sha256', names } = wanted;
  const [, message, nonce] = partsOf(readDer(request));
  const imprint = wanted.imprint ?? partsOf(message!)[1]!.content;
  const info = (when: Date): Uint8Array =>
    seq(
      ...[int(1), oid('1.2.3.4.1'), seq(seq(oid(DIGESTS.sha256), NULL), octets(imprint)), int(7), time(when)],
      writeDer(TAG.integer, wanted.nonce ?? nonce!.content),
    );
  const content = info(at);
  const hash = (name: Digest, bytes: Uint8Array): Uint8Array => createHash(name).update(bytes).digest();
  const attribute = (id: string, value: Uint8Array): Uint8Array => seq(oid(id), writeDer(TAG.set, value));
  const certificate = names === 'another' ? randomBytes(40) : signer.der;
  const essV2 = (...parts: readonly Uint8Array[]): Uint8Array =>
    attribute('1.2.840.113549.1.9.16.2.47', seq(seq(seq(...parts))));
  const certId = {
    'by-sha1': () =>
      attribute('1.2.840.113549.1.9.16.2.12', seq(seq(seq(octets(hash('sha1', certificate)))))),
    'by-sha384': () => essV2(seq(oid(DIGESTS.sha384)), octets(hash('sha384', certificate))),
    another: () => essV2(octets(hash('sha256', certificate))),
    none: () => new Uint8Array(),
    usual: () => essV2(octets(hash('sha256', certificate))),
  }[names ?? 'usual']();
  const attributes = [
    attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.9.16.1.4')),
    attribute('1.2.840.113549.1.9.4', octets(hash(digest, content))),
    certId,
  ];
  const signature = signBytes(digest, writeDer(TAG.set, ...attributes), signer.secret);
  const issuer = partsOf(partsOf(readDer(signer.der))[0]!)[3]!.whole;
  const signerInfo = seq(
    int(1),
    seq(issuer, writeDer(TAG.integer, signer.serial)),
    seq(oid(DIGESTS[digest]), NULL),
    writeDer(TAG.context[0], ...attributes),
    signatureOf(kindOf(signer.secret), digest),
    octets(signature),
  );
  const shown = wanted.isChangedAfterwards === true ? info(new Date(at.getTime() - DAY_MS)) : content;
  const data = seq(
    int(3),
    writeDer(TAG.set, seq(oid(DIGESTS[digest]), NULL)),
    seq(oid('1.2.840.113549.1.9.16.1.4'), writeDer(TAG.context[0], octets(shown))),
    writeDer(TAG.context[0], ...(wanted.certificates ?? [signer]).map(({ der }) => der)),
    writeDer(TAG.set, signerInfo),
  );
  return seq(seq(int(0)), seq(oid('1.2.840.113549.1.7.2'), writeDer(TAG.context[0], data)));
}

/** An answer that gives no stamp. */
export const REFUSAL = seq(seq(int(2)));
