import type { LedgerEvent } from '../api/contract';
import type { Words } from '../words/words';

/** What an event says in clear, in words: channels, version, how it was obtained, by whom. */
export function eventFacts({ fields = {} }: LedgerEvent, w: Words): readonly string[] {
  const { terms, consent } = w;
  const word = (words: Readonly<Record<string, string>>, value: unknown): string[] =>
    typeof value === 'string' ? [words[value] ?? value] : [];
  const channels = Array.isArray(fields['channels']) ? fields['channels'] : [];
  const version = fields['purposeVersion'];
  return [
    ...channels.flatMap((channel) => word(terms.contactChannel, channel)),
    ...(typeof version === 'number' ? [consent.version(String(version))] : []),
    ...word(terms.captureChannel, fields['captureChannel']),
    ...word(terms.method, fields['method']),
    ...word(consent.parties, fields['party']),
    ...word(terms.identityCheck, fields['identityCheck']),
    ...word(terms.language, fields['language']),
  ];
}

/** Whether it stands in the person's own record; a purpose's or a programme's events do not. */
export function isAboutPerson({ type }: LedgerEvent): boolean {
  return /^(Alumnus|Employment|Consent|Hold|Erasure)/.test(type);
}
