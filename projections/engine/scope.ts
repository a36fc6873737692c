import type { RecordedEvent } from '@enishi/event-store';
import type { Scope } from './definition';

const STREAMS: readonly (readonly [RegExp, 'alumnus' | 'purpose' | 'programme'])[] = [
  [/^alumnus-(.+)$/, 'alumnus'],
  [/^consent-([^.]+)\./, 'alumnus'],
  [/^lifecycle-(.+)$/, 'alumnus'],
  [/^purpose-(.+)$/, 'purpose'],
  [/^programme-(.+)$/, 'programme'],
];

/**
 * The narrowest thing an event is about: its alumnus, else its purpose, else its programme, else everything.
 * Taken from the stream's name where the clear fields do not tell, because a broken event may lack them.
 */
export function scopeByIds({ data, stream }: RecordedEvent): Scope {
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

/** The alumnus an event is about, if any. */
export function alumnusOf(record: RecordedEvent): string | undefined {
  const scope = scopeByIds(record);
  return scope.kind === 'alumnus' ? scope.id : undefined;
}

/** A scope as one text, to look up in a set. */
export function scopeKey(scope: Scope): string {
  return scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.id}`;
}
