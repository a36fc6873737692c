import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';

/** Signed checkpoints, the key that signs them, and the self-check, as the server answers them. */

export interface Checkpoint {
  readonly signedAt: string;
  /** How many events it covers. */
  readonly size: number;
  readonly root: string;
  readonly eventId: string;
}

export interface SigningKey {
  /** One line: name, fingerprint, key (a vkey of C2SP signed-note). */
  readonly key: string;
  readonly state: 'waiting' | 'current' | 'replaced';
}

export interface SelfCheck {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly at?: string;
  readonly leaves?: number;
  /** Differences between the tree as it is kept and as it was computed anew. */
  readonly found?: number;
  readonly views?: readonly {
    readonly view: string;
    readonly state: 'same' | 'different' | 'other-version';
    readonly found: number;
  }[];
}

export const checkpointsQuery = queryOptions({
  queryKey: ['proof', 'checkpoints'],
  queryFn: async ({ signal }) =>
    (await ask<{ checkpoints: readonly Checkpoint[] }>('/v1/checkpoints?limit=20', { signal })).checkpoints,
});

export const signingKeysQuery = queryOptions({
  queryKey: ['proof', 'keys'],
  queryFn: async ({ signal }) =>
    (await ask<{ keys: readonly SigningKey[] }>('/v1/checkpoint-keys', { signal })).keys,
});

export const selfCheckQuery = queryOptions({
  queryKey: ['proof', 'self-check'],
  queryFn: ({ signal }) => ask<SelfCheck>('/v1/self-check', { signal }),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2000 : false),
});

/** The fingerprint of a key: the second of its three parts, eight hex digits. */
export function fingerprintOf(key: string): string {
  return key.split('+')[1] ?? key;
}
