import {
  bitsOf,
  countOf,
  instantOf,
  must,
  oidOf,
  partsOf,
  readDer,
  sameBytes,
  StampFault,
  TAG,
  type Der,
} from './der';
import type { StampMachine } from './machine';
import { isSignedBy } from './signature';

/** What is looked at of a certificate (RFC 5280). */
export interface Certificate {
  /** All of it, DER. */
  readonly whole: Uint8Array;
  readonly serial: Uint8Array;
  /** Names, DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Milliseconds since 1970; both count. */
  readonly from: number;
  readonly until: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly keyId?: Uint8Array;
  /** How many certificates of authorities may stand below it; undefined where it may issue none. */
  readonly pathLength?: number;
  /** Whether its key may sign certificates, as far as it says anything of that. */
  readonly maySignCertificates: boolean;
  /** What its key is for; undefined where it does not say. */
  readonly purposes?: readonly string[];
  /** Whether it says something that must be understood and is not. */
  readonly isStrange: boolean;
  readonly signed: { readonly algorithm: Der; readonly message: Uint8Array; readonly signature: Uint8Array };
}

const OID = {
  keyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  policies: '2.5.29.32',
  extendedKeyUsage: '2.5.29.37',
} as const;
const UNDERSTOOD: readonly string[] = Object.values(OID);

/** id-kp-timeStamping (RFC 3161 section 2.3). */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_PURPOSE = '2.5.29.37.0';

/** @throws StampFault */
export function readCertificate(bytes: Uint8Array): Certificate {
  const certificate = readDer(bytes);
  const [body, algorithm, signature] = partsOf(certificate);
  const all = partsOf(must(body, TAG.sequence));
  const fields = all[0]?.tag === TAG.context[0] ? all.slice(1) : all;
  const [serial, , issuer, validity, subject, publicKey] = fields;
  const [from, until] = partsOf(must(validity, TAG.sequence));
  const extensions = fields.find(({ tag }) => tag === TAG.context[3]);
  return {
    whole: certificate.whole,
    serial: must(serial, TAG.integer).content,
    issuer: must(issuer, TAG.sequence).whole,
    subject: must(subject, TAG.sequence).whole,
    from: instantOf(from),
    until: instantOf(until),
    publicKey: must(publicKey, TAG.sequence).whole,
    ...extensionsOf(extensions),
    signed: {
      algorithm: must(algorithm, TAG.sequence),
      message: body!.whole,
      signature: bitsOf(signature),
    },
  };
}

type Said = Pick<Certificate, 'keyId' | 'pathLength' | 'maySignCertificates' | 'purposes' | 'isStrange'>;

function extensionsOf(extensions: Der | undefined): Said {
  const values = new Map<string, Der>();
  let isStrange = false;
  const [all] = extensions === undefined ? [] : partsOf(extensions, TAG.context[3]);
  const list = extensions === undefined ? [] : partsOf(must(all, TAG.sequence));
  for (const extension of list) {
    const parts = partsOf(extension);
    const id = oidOf(parts[0]);
    if (values.has(id)) throw new StampFault('malformed');
    values.set(id, readDer(must(parts.at(-1), TAG.octets).content));
    if (isTrue(parts[1]) && !UNDERSTOOD.includes(id)) isStrange = true;
  }
  const keyId = values.get(OID.keyId);
  const usage = values.get(OID.keyUsage);
  const purposes = values.get(OID.extendedKeyUsage);
  const pathLength = pathLengthOf(values.get(OID.basicConstraints));
  return {
    ...(keyId && { keyId: must(keyId, TAG.octets).content }),
    ...(pathLength !== undefined && { pathLength }),
    // Bit 5 of KeyUsage, counted from the left.
    maySignCertificates: usage === undefined || (must(usage, TAG.bits).content[1]! & 0x04) !== 0,
    ...(purposes && { purposes: partsOf(purposes).map(oidOf) }),
    isStrange,
  };
}

const isTrue = (value: Der | undefined): boolean => value?.tag === TAG.boolean && value.content[0] !== 0;

function pathLengthOf(constraints: Der | undefined): number | undefined {
  const [isAuthority, length] = constraints === undefined ? [] : partsOf(constraints);
  if (!isTrue(isAuthority)) return undefined;
  return length === undefined ? Infinity : countOf(length);
}

/** Whether a key is there for time stamps and nothing else, as that of an authority must be (RFC 3161 section 2.3). */
export function isForTimeStamps({ purposes, isStrange }: Certificate): boolean {
  return purposes?.length === 1 && purposes[0] === TIME_STAMPING && !isStrange;
}

/** Authorities between a certificate and one that is trusted; more are not followed. */
const LONGEST_WAY = 6;

/**
 * Whether a certificate is one of those that are trusted, or leads to one: each is issued by the next, which may issue it,
 * and all were valid at the instant. Whether one was revoked is not looked up: that would need a network.
 *
 * @param others certificates that may stand between
 * @param at milliseconds since 1970
 */
export async function leadsToTrusted(
  certificate: Certificate,
  { others, trusted }: { readonly others: readonly Certificate[]; readonly trusted: readonly Certificate[] },
  at: number,
  machine: StampMachine,
  below = 0,
): Promise<boolean> {
  if (at < certificate.from || at > certificate.until) return false;
  if (trusted.some(({ whole }) => sameBytes(whole, certificate.whole))) return true;
  if (below > LONGEST_WAY) return false;
  for (const issuer of [...trusted, ...others]) {
    if (!sameBytes(issuer.subject, certificate.issuer) || !mayIssue(issuer, below)) continue;
    if (!(await isIssuedBy(certificate, issuer, machine))) continue;
    if (await leadsToTrusted(issuer, { others, trusted }, at, machine, below + 1)) return true;
  }
  return false;
}

function mayIssue(
  { pathLength, maySignCertificates, purposes, isStrange }: Certificate,
  below: number,
): boolean {
  if (pathLength === undefined || pathLength < below || !maySignCertificates || isStrange) return false;
  return purposes === undefined || purposes.some((one) => one === TIME_STAMPING || one === ANY_PURPOSE);
}

async function isIssuedBy(
  { signed }: Certificate,
  { publicKey }: Certificate,
  machine: StampMachine,
): Promise<boolean> {
  try {
    return await isSignedBy(publicKey, signed, machine);
  } catch (error) {
    if (error instanceof StampFault) return false;
    throw error;
  }
}

/**
 * The certificates in a text of PEM blocks (RFC 7468); what stands between them is passed over.
 * @throws StampFault where there are none, or one is none
 */
export function readPem(text: string): readonly Certificate[] {
  const blocks = [
    ...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g),
  ];
  if (blocks.length === 0) throw new StampFault('malformed');
  return blocks.map(([, block]) => readCertificate(bytesOf(block!.replace(/\s/g, ''))));
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new StampFault('malformed');
  }
}

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';

/** Who a certificate is of, to read: its name, or else its organization. */
export function nameOf({ subject }: Certificate): string {
  const names = new Map<string, string>();
  for (const group of partsOf(readDer(subject)))
    for (const pair of partsOf(group, TAG.set)) {
      const [id, value] = partsOf(pair);
      names.set(oidOf(id), textOf(value));
    }
  return names.get(COMMON_NAME) ?? names.get(ORGANIZATION) ?? '';
}

const BMP_STRING = 0x1e;

/** Names are UTF-8 or a part of it; of old ones, 16 bits a character. */
function textOf(value: Der | undefined): string {
  const { tag, content = new Uint8Array() } = value ?? {};
  return new TextDecoder(tag === BMP_STRING ? 'utf-16be' : 'utf-8').decode(content);
}
