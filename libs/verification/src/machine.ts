import type { StampMachine } from '@enishi/timestamping';
import type { Hash, VerifyEd25519 } from '@enishi/transparency';

/** SHA-256 over bytes that come one after the other. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  /** 64 digits. */
  hex(): string;
}

/** What Node and a browser each do in their own way, passed in so that every check is written once. */
export interface Machine {
  /** SHA-256. */
  readonly hash: Hash;
  readonly digest: () => RunningDigest;
  readonly verify: VerifyEd25519;
  /** For what authorities of time stamps sign with. */
  readonly stamps: StampMachine;
  /** CRC-32, going on from that of the bytes before. */
  readonly checksum: (bytes: Uint8Array, before: number) => number;
  /** Unfolds raw deflate data (RFC 1951). @throws where they are none, are cut off, or something stands behind them */
  readonly inflate: (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}

/** A file that can be read anywhere. */
export interface ByteSource {
  readonly size: number;
  /** The bytes `from` up to, and without, `to`. @throws Unreadable */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** A file could not be read: the disk, or somebody has changed or removed it meanwhile. Says nothing about what is in it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
