import type { JsonObject } from './json';

/** What an event is about: one thing, or more than that. */
export type EventScope =
  { readonly kind: 'alumnus' | 'purpose' | 'programme'; readonly id: string } | { readonly kind: 'all' };

const STREAMS: readonly (readonly [RegExp, 'alumnus' | 'purpose' | 'programme'])[] = [
  [/^alumnus-(.+)$/, 'alumnus'],
  [/^consent-([^.]+)\./, 'alumnus'],
  [/^lifecycle-(.+)$/, 'alumnus'],
  [/^recipients-(.+)$/, 'alumnus'],
  [/^purpose-(.+)$/, 'purpose'],
  [/^programme-(.+)$/, 'programme'],
];

/**
 * The narrowest thing an event is about: its alumnus, else its purpose, else its programme, else everything.
 * Taken from the stream's name where the clear fields do not tell, because a broken event may lack them.
 */
export function scopeOfEvent({
  data,
  stream,
}: {
  readonly data: JsonObject;
  readonly stream: string;
}): EventScope {
  for (const kind of ['alumnus', 'purpose', 'programme'] as const) {
    const id = data[`${kind}Id`];
    if (typeof id === 'string') return { kind, id };
  }
  for (const [pattern, kind] of STREAMS) {
    const id = pattern.exec(stream)?.[1];
    if (id !== undefined) return { kind, id };
  }
  return { kind: 'all' };
}
