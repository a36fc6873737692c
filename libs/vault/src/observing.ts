import type { Slot } from './key-cache';

/** Slots of which a key was closed while someone was fetching keys: what was fetched for them is stale. */
export type Watch = Set<Slot>;

/** Something worth waking a person for. Details hold opaque ids and numbers only. */
export interface Alarm {
  readonly code: 'key-lost' | 'acknowledgement-missing' | 'epoch-copy-missing' | 'seal-broken';
  readonly details: Readonly<Record<string, string | number>>;
}

/** Where the vault tells what it does (pino's order of arguments). Never given a personal value. */
export interface VaultLogger {
  info(details: Readonly<Record<string, string | number>>, message: string): void;
  warn(details: Readonly<Record<string, string | number>>, message: string): void;
}

/** Places where a test lets the process "die". */
export type FaultPoint =
  | 'epoch-key-written'
  | 'epoch-key-copied'
  | 'epoch-retiring'
  | 'epoch-batch-rewrapped'
  | 'epoch-all-rewrapped'
  | 'epoch-backed-up'
  | 'epoch-key-destroyed-in-one-place'
  | 'epoch-key-destroyed'
  | 'epoch-destroyed'
  | 'shreds-listed'
  | 'artefact-written';
