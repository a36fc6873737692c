/** Functions of FIPS 180-4. */
export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** A signature over a message, and the key that it should be of. */
export interface KeySignature {
  /** RSASSA-PKCS1-v1_5 (RFC 8017), or ECDSA (FIPS 186-5). */
  readonly algorithm: 'rsa' | 'ecdsa';
  readonly digest: DigestName;
  /** Of ECDSA. */
  readonly curve?: 'P-256' | 'P-384' | 'P-521';
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** Of ECDSA, the two numbers one behind the other, each as long as the curve asks. */
  readonly signature: Uint8Array;
}

/** What Node and a browser each do in their own way about certificates. */
export interface StampMachine {
  digest(name: DigestName, bytes: Uint8Array): Promise<Uint8Array>;
  /** Whether the signature is that of the key; false too where the key is none. */
  verifySignature(signature: KeySignature): Promise<boolean>;
}
