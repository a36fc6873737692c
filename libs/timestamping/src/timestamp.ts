import { isForTimeStamps, leadsToTrusted, nameOf, readCertificate, type Certificate } from './certificate';
import {
  countOf,
  instantOf,
  must,
  oidOf,
  partsOf,
  readDer,
  sameBytes,
  StampFault,
  TAG,
  writeDer,
  type Der,
} from './der';
import type { StampMachine } from './machine';
import { digestOf, isSignedBy } from './signature';

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  timestamp: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  /** Of ESS: which certificate signed (RFC 2634, and RFC 5035 for other functions than SHA-1). */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** Granted, and granted with modifications (RFC 3161 section 2.4.2). */
const GRANTED: readonly number[] = [0, 1];

const SHA256 = Uint8Array.from([0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0]);
const TRUE = 0xff;

/** An authority's answer, read and not yet checked. */
export interface Timestamp {
  /** By the authority's clock, in milliseconds since 1970. */
  readonly at: number;
  /** SHA-256 of what was stamped. */
  readonly imprint: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly signed: SignedToken;
}

interface SignedToken {
  /** The octets of TSTInfo. */
  readonly content: Uint8Array;
  readonly certificates: readonly Certificate[];
  /** SignerInfo, part by part. */
  readonly signer: readonly Der[];
}

/** What an authority said, checked. */
export interface Stamped {
  /** By the authority's clock, in milliseconds since 1970. */
  readonly at: number;
  /** The name in the certificate that signed. */
  readonly authority: string;
}

/**
 * A request for a stamp (RFC 3161 section 2.4.1), which asks for the certificate too.
 * @param imprint SHA-256 of what is to be stamped
 * @param nonce a positive number, as its bytes in DER
 */
export function writeRequest(imprint: Uint8Array, nonce: Uint8Array): Uint8Array {
  return writeDer(
    TAG.sequence,
    writeDer(TAG.integer, Uint8Array.of(1)),
    writeDer(TAG.sequence, SHA256, writeDer(TAG.octets, imprint)),
    writeDer(TAG.integer, nonce),
    writeDer(TAG.boolean, Uint8Array.of(TRUE)),
  );
}

/**
 * Reads an authority's answer (TimeStampResp, DER). Whether it is right is {@link checkTimestamp}'s question.
 * @throws StampFault `refused` where no stamp was given, `unsupported` where it is not over a SHA-256, else `malformed`
 */
export function readTimestamp(answer: Uint8Array): Timestamp {
  const [status, token] = partsOf(readDer(answer));
  if (!GRANTED.includes(countOf(partsOf(must(status, TAG.sequence))[0]))) throw new StampFault('refused');
  const signed = signedIn(must(token, TAG.sequence));
  const [version, policy, message, serial, at, ...rest] = partsOf(readDer(signed.content));
  if (countOf(version) !== 1) throw new StampFault('malformed');
  oidOf(policy);
  must(serial, TAG.integer);
  const [algorithm, imprint] = partsOf(must(message, TAG.sequence));
  if (digestOf(must(algorithm, TAG.sequence)) !== 'SHA-256') throw new StampFault('unsupported');
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  return {
    at: instantOf(must(at, TAG.generalizedTime)),
    imprint: must(imprint, TAG.octets).content,
    ...(nonce && { nonce: nonce.content }),
    signed,
  };
}

/** SignedData of CMS (RFC 5652 section 5.1), of one signer, as RFC 3161 section 2.4.2 has it. */
function signedIn(token: Der): SignedToken {
  const [type, explicit] = partsOf(token);
  if (oidOf(type) !== OID.signedData) throw new StampFault('malformed');
  const [data] = partsOf(must(explicit, TAG.context[0]), TAG.context[0]);
  const parts = partsOf(must(data, TAG.sequence));
  const [contentType, content] = partsOf(must(parts[2], TAG.sequence));
  if (oidOf(contentType) !== OID.timestamp) throw new StampFault('malformed');
  const [octets] = partsOf(must(content, TAG.context[0]), TAG.context[0]);
  const certificates = parts.slice(3).find(({ tag }) => tag === TAG.context[0]);
  const signers = partsOf(must(parts.at(-1), TAG.set), TAG.set);
  if (signers.length !== 1) throw new StampFault('malformed');
  return {
    content: must(octets, TAG.octets).content,
    certificates: certificatesIn(certificates),
    signer: partsOf(signers[0]!),
  };
}

/** More than a stamp carries by far: what nobody has signed must cost nothing to look at. */
const MOST_CERTIFICATES = 20;

function certificatesIn(set: Der | undefined): readonly Certificate[] {
  const found = set === undefined ? [] : partsOf(set, TAG.context[0]);
  if (found.length > MOST_CERTIFICATES) throw new StampFault('malformed');
  // Of other kinds (attribute certificates) nothing is needed here.
  return found.filter(({ tag }) => tag === TAG.sequence).map(({ whole }) => readCertificate(whole));
}

/**
 * Checks a stamp: that it is signed by a certificate for time stamps that was valid then, and where authorities are given,
 * that this certificate leads to one of theirs.
 *
 * @param trusted certificates of authorities; left out, whoever signed is not judged
 * @throws StampFault
 */
export async function checkTimestamp(
  { at, signed }: Timestamp,
  trusted: readonly Certificate[] | undefined,
  machine: StampMachine,
): Promise<Stamped> {
  const known = [...signed.certificates, ...(trusted ?? [])];
  const certificate = known.find((one) => isNamedBy(signed.signer[1], one));
  if (certificate === undefined) throw new StampFault('malformed');
  if (!isForTimeStamps(certificate)) throw new StampFault('untrusted');
  await checkSignature(signed, certificate, machine);
  if (at < certificate.from || at > certificate.until) throw new StampFault('expired');
  const others = signed.certificates;
  if (trusted !== undefined && !(await leadsToTrusted(certificate, { others, trusted }, at, machine)))
    throw new StampFault('untrusted');
  return { at, authority: nameOf(certificate) };
}

/** Whether SignerInfo names a certificate: by issuer and serial number, or by the id of its key. */
function isNamedBy(name: Der | undefined, { issuer, serial, keyId }: Certificate): boolean {
  if (name?.tag !== TAG.sequence) return name?.tag === 0x80 && !!keyId && sameBytes(name.content, keyId);
  const [by, number] = partsOf(name);
  return (
    sameBytes(must(by, TAG.sequence).whole, issuer) && sameBytes(must(number, TAG.integer).content, serial)
  );
}

/** Signed are the attributes, and with them the digest of the content and of the certificate (RFC 5652 section 5.4). */
async function checkSignature(
  { content, signer }: SignedToken,
  certificate: Certificate,
  machine: StampMachine,
): Promise<void> {
  const [, , digestAlgorithm, attributes, algorithm, signature] = signer;
  const digest = digestOf(must(digestAlgorithm, TAG.sequence));
  const values = attributesIn(must(attributes, TAG.context[0]));
  const stated = values.get(OID.messageDigest);
  if (oidOf(values.get(OID.contentType)) !== OID.timestamp) throw new StampFault('malformed');
  const isContent = sameBytes(must(stated, TAG.octets).content, await machine.digest(digest, content));
  const message = writeDer(TAG.set, attributes!.content);
  const signed = {
    ...{ algorithm: must(algorithm, TAG.sequence), message },
    signature: must(signature, TAG.octets).content,
  };
  const isSigned = await isSignedBy(certificate.publicKey, signed, machine, digest);
  if (!isContent || !isSigned || !(await isCertified(values, certificate, machine)))
    throw new StampFault('forged');
}

function attributesIn(attributes: Der): ReadonlyMap<string, Der> {
  const values = new Map<string, Der>();
  for (const attribute of partsOf(attributes, TAG.context[0])) {
    const [type, set] = partsOf(attribute);
    const [value, ...others] = partsOf(must(set, TAG.set), TAG.set);
    const id = oidOf(type);
    if (value === undefined || others.length > 0 || values.has(id)) throw new StampFault('malformed');
    values.set(id, value);
  }
  return values;
}

/** Whether what is signed names this certificate by its digest, so that none with the same key can stand in its place. */
async function isCertified(
  values: ReadonlyMap<string, Der>,
  { whole }: Certificate,
  machine: StampMachine,
): Promise<boolean> {
  const [second, first] = [values.get(OID.signingCertificateV2), values.get(OID.signingCertificate)];
  const [list] = partsOf(must(second ?? first, TAG.sequence));
  const [certId] = partsOf(must(list, TAG.sequence));
  const parts = partsOf(must(certId, TAG.sequence));
  const algorithm = second && parts[0]?.tag === TAG.sequence ? parts[0] : undefined;
  const name = second === undefined ? 'SHA-1' : algorithm ? digestOf(algorithm) : 'SHA-256';
  const stated = must(parts[algorithm === undefined ? 0 : 1], TAG.octets).content;
  return sameBytes(stated, await machine.digest(name, whole));
}
