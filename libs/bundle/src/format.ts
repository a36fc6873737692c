import { canonical, toBase64 } from '@enishi/transparency';
import type { BundleLevel } from './disclosures';
import type { BundleScope } from './scope';

/** The format's name and version, which stands in the manifest and under its signature. */
export const BUNDLE_FORMAT = 'enishi-bundle/1';

/** Names of the files in a bundle. */
export const FILES = {
  readmeJa: 'README.ja.txt',
  readmeEn: 'README.en.txt',
  events: 'events.jsonl',
  proofs: 'proofs.jsonl',
  streams: 'streams.jsonl',
  disclosures: 'disclosures.jsonl',
  consents: 'data/consents.jsonl',
  consentsCsv: 'data/consents.csv',
  trail: 'data/trail.jsonl',
  trailCsv: 'data/trail.csv',
  people: 'data/people.jsonl',
  peopleCsv: 'data/people.csv',
  checkpoint: 'checkpoints/current.txt',
  history: 'checkpoints/history.jsonl',
  timestamp: 'checkpoints/timestamp.tsr',
  keys: 'keys.txt',
  manifest: 'manifest.json',
  signature: 'manifest.sig',
} as const;
export type FileName = (typeof FILES)[keyof typeof FILES];

/** Leaves that one line of `proofs.jsonl` is about at most: who checks it holds a hash of each. */
export const LONGEST_RUN = 65_536;

/** A line of `proofs.jsonl`: leaves `from` (counted from 0) up to, and without, `to`. */
export interface RunLine {
  readonly from: number;
  readonly to: number;
  /** Roots of the subtrees beside the run, from left to right, in base64. */
  readonly path: readonly string[];
}

/** A line of `streams.jsonl`: a stream that is complete in the bundle, and how many events it has at the checkpoint. */
export interface StreamLine {
  readonly events: number;
  readonly stream: string;
}

/** A line of `checkpoints/history.jsonl`: an earlier checkpoint. */
export interface HistoryLine {
  /** The signed note, word for word. */
  readonly note: string;
  /** Its consistency with the bundle's checkpoint (RFC 9162 section 2.1.4), in base64. */
  readonly path: readonly string[];
}

/** What the manifest says of a file. */
export interface FileEntry {
  readonly bytes: number;
  /** Of a `.jsonl` file. */
  readonly lines?: number;
  /** Hex. */
  readonly sha256: string;
}

/** What `manifest.json` says. */
export interface Manifest {
  /** A uuid. */
  readonly bundle: string;
  readonly checkpoint: {
    /** Base64. */
    readonly root: string;
    readonly size: number;
  };
  /** An instant, by the server's clock: nothing proves it. */
  readonly createdAt: string;
  /** Every file of the zip but the manifest and its signature, by name. */
  readonly files: Readonly<Record<string, FileEntry>>;
  readonly format: typeof BUNDLE_FORMAT;
  /** A uuid. */
  readonly ledger: string;
  readonly level: BundleLevel;
  readonly scope: BundleScope;
}

/** The text of `manifest.json`: canonical JSON (RFC 8785) with nothing behind it. */
export function manifestText(manifest: Manifest): string {
  return canonical(manifest);
}

/**
 * What is signed of a manifest: the text of the note `manifest.sig` (C2SP signed-note). Its second line is no number,
 * so that it can never be read as a checkpoint.
 * @param digest SHA-256 of `manifest.json`
 */
export function signatureText(digest: Uint8Array): string {
  return `${BUNDLE_FORMAT}\n${toBase64(digest)}\n`;
}
