import { scopeOfEvent } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Scope } from './definition';

/** The narrowest thing an event is about. */
export function scopeByIds(record: RecordedEvent): Scope {
  return scopeOfEvent(record);
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
