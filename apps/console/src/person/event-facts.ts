import type { LedgerEvent } from '../api/contract';
import type { Words } from '../words/words';

/** What an event says in clear, in words: channels, version, how it was obtained, by whom. */
export function eventFacts({ fields = {} }: LedgerEvent, w: Words): readonly string[] {
  const { terms, consent, person } = w;
  const changesIn = (names: readonly string[]): string[] =>
    names.length === 0 ? [] : [person.changed(names.join(w.shell.comma))];
  const word = (words: Readonly<Record<string, string>>, value: unknown): string[] =>
    typeof value === 'string' ? [words[value] ?? value] : [];
  const channels = Array.isArray(fields['channels']) ? fields['channels'] : [];
  const version = fields['purposeVersion'];
  const changed = Array.isArray(fields['changed']) ? fields['changed'] : [];
  const index = fields['index'];
  return [
    ...channels.flatMap((channel) => word(terms.contactChannel, channel)),
    ...(typeof version === 'number' ? [consent.version(String(version))] : []),
    ...word(terms.captureChannel, fields['captureChannel']),
    ...word(terms.method, fields['method']),
    ...word(consent.parties, fields['party']),
    ...word(terms.identityCheck, fields['identityCheck']),
    ...word(terms.language, fields['language']),
    ...(typeof index === 'number' ? [person.employmentOf(String(index + 1))] : []),
    ...changesIn(changed.flatMap((field) => word(person.fields, field))),
  ];
}

/** The minutes in which more than one of the events was recorded, as `2026-11-21T15:04`. */
export function crowdedMinutes(events: readonly LedgerEvent[]): ReadonlySet<string> {
  const minutes = events.map(minuteOf);
  return new Set(minutes.filter((minute, index) => minutes.indexOf(minute) !== index));
}

/** The minute in which it was recorded. */
export function minuteOf({ recordedAt }: LedgerEvent): string {
  return recordedAt.slice(0, 16);
}

/** Whether it stands in the person's own record; a purpose's or a programme's events do not. */
export function isAboutPerson({ type }: LedgerEvent): boolean {
  return /^(Alumnus|Employment|Consent|Correction|Hold|Erasure|Values)/.test(type);
}
