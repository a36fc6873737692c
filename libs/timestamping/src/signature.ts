import { bitsOf, must, oidOf, partsOf, readDer, StampFault, TAG, type Der } from './der';
import type { DigestName, KeySignature, StampMachine } from './machine';

const DIGESTS: Readonly<Record<string, DigestName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';

/** Signature algorithms of RFC 5754 and RFC 5758. SHA-1 is none of them any more. */
const ALGORITHMS: Readonly<Record<string, Pick<KeySignature, 'algorithm' | 'digest'>>> = {
  '1.2.840.113549.1.1.11': { algorithm: 'rsa', digest: 'SHA-256' },
  '1.2.840.113549.1.1.12': { algorithm: 'rsa', digest: 'SHA-384' },
  '1.2.840.113549.1.1.13': { algorithm: 'rsa', digest: 'SHA-512' },
  '1.2.840.10045.4.3.2': { algorithm: 'ecdsa', digest: 'SHA-256' },
  '1.2.840.10045.4.3.3': { algorithm: 'ecdsa', digest: 'SHA-384' },
  '1.2.840.10045.4.3.4': { algorithm: 'ecdsa', digest: 'SHA-512' },
};

type Curve = NonNullable<KeySignature['curve']>;
const CURVES: Readonly<Record<string, Curve>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};
const CURVE_BYTES: Readonly<Record<Curve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** An RSA key below 2048 bits proves nothing today (NIST SP 800-131A). */
const LEAST_RSA_BYTES = 256;

/** @throws StampFault `unsupported` for another function */
export function digestOf(algorithm: Der): DigestName {
  const digest = DIGESTS[oidOf(partsOf(algorithm)[0])];
  if (digest === undefined) throw new StampFault('unsupported');
  return digest;
}

/**
 * Whether a signature is that of a key.
 * @param algorithm AlgorithmIdentifier of the signature
 * @param publicKey SubjectPublicKeyInfo
 * @param digest what the message is hashed with where the algorithm is RSA and does not say
 * @throws StampFault `unsupported` for algorithms, curves and short keys that are not accepted
 */
export async function isSignedBy(
  publicKey: Uint8Array,
  signed: { readonly algorithm: Der; readonly message: Uint8Array; readonly signature: Uint8Array },
  machine: StampMachine,
  digest?: DigestName,
): Promise<boolean> {
  const { message, signature } = signed;
  const id = oidOf(partsOf(signed.algorithm)[0]);
  const isPlainRsa = id === RSA && digest !== undefined && digest !== 'SHA-1';
  const known = isPlainRsa ? { algorithm: 'rsa' as const, digest } : ALGORITHMS[id];
  const key = keyOf(publicKey);
  if (known === undefined || key.algorithm !== known.algorithm) throw new StampFault('unsupported');
  if (key.curve === undefined) return machine.verifySignature({ ...known, publicKey, message, signature });
  const numbers = numbersOf(signature, CURVE_BYTES[key.curve]);
  if (numbers === undefined) return false;
  return machine.verifySignature({ ...known, curve: key.curve, publicKey, message, signature: numbers });
}

function keyOf(publicKey: Uint8Array): Pick<KeySignature, 'algorithm' | 'curve'> {
  const [algorithm, bits] = partsOf(readDer(publicKey));
  const [id, parameters] = partsOf(must(algorithm, TAG.sequence));
  if (oidOf(id) === EC && parameters?.tag === TAG.oid) {
    const curve = CURVES[oidOf(parameters)];
    if (curve !== undefined) return { algorithm: 'ecdsa', curve };
  }
  if (oidOf(id) !== RSA) throw new StampFault('unsupported');
  const [modulus] = partsOf(readDer(bitsOf(bits)));
  // A number whose first bit is set has a zero byte before it.
  const { content } = must(modulus, TAG.integer);
  if (content.length - (content[0] === 0 ? 1 : 0) < LEAST_RSA_BYTES) throw new StampFault('unsupported');
  return { algorithm: 'rsa' };
}

/** The two numbers of ECDSA-Sig-Value (RFC 3279 section 2.2.3) one behind the other; undefined where they are none. */
function numbersOf(signature: Uint8Array, bytes: number): Uint8Array | undefined {
  try {
    const numbers = partsOf(readDer(signature));
    if (numbers.length !== 2) return undefined;
    const both = new Uint8Array(2 * bytes);
    numbers.forEach((number, at) => {
      const { content } = must(number, TAG.integer);
      const digits = content[0] === 0 ? content.subarray(1) : content;
      if (digits.length > bytes || (content[0] ?? 0) >= 0x80) throw new StampFault('malformed');
      both.set(digits, (at + 1) * bytes - digits.length);
    });
    return both;
  } catch (error) {
    if (error instanceof StampFault) return undefined;
    throw error;
  }
}
