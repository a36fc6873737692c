import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import type { Words } from '../words/words';
import { Icon } from './icons';

type State = keyof Words['terms']['consentState'];

const TONES: Readonly<Record<State, string>> = {
  granted: 'teal',
  requested: 'blue',
  none: 'grey',
  refused: 'red',
  withdrawn: 'red',
  expired: 'amber',
  outdated: 'amber',
  invalidated: 'grey',
  erased: 'dark',
  died: 'grey',
  returned: 'grey',
  excluded: 'grey',
};

/** A word on a colour; the word alone says it all. */
export function Tag({ tone, children }: { readonly tone: string; readonly children: ReactNode }): ReactNode {
  return (
    <span className="e-tag" data-tone={tone}>
      {children}
    </span>
  );
}

/** Where a person stands with a purpose and a channel. */
export function StateTag({ state }: { readonly state: State }): ReactNode {
  const { w } = useWords();
  return (
    <Tag tone={TONES[state]}>
      {state === 'erased' && <Icon name="lock" size={12} />}
      {w.terms.consentState[state]}
    </Tag>
  );
}

/** The state a server's word stands for; one it does not know counts as no answer. */
export function stateOf(word: string): State {
  return word in TONES ? (word as State) : 'none';
}

const BY_REASON: readonly (readonly [string, State])[] = [
  ['erased', 'erased'],
  ['erasure-started', 'erased'],
  ['died', 'died'],
  ['returned', 'returned'],
  ['consent-withdrawn', 'withdrawn'],
  ['withdrawn-for-this-version', 'withdrawn'],
  ['consent-refused', 'refused'],
  ['refused-for-this-version', 'refused'],
  ['consent-expired', 'expired'],
  ['consent-for-earlier-version', 'outdated'],
  ['consent-version-not-in-force', 'outdated'],
  ['consent-before-return', 'outdated'],
  ['consent-requested', 'requested'],
  ['already-asked', 'requested'],
  ['already-consented', 'granted'],
  ['never-asked', 'none'],
  ['consent-invalidated', 'none'],
];

/** The state that tells most about why somebody may not be contacted, or asked. */
export function stateOfReasons(codes: readonly string[]): State {
  return BY_REASON.find(([code]) => codes.includes(code))?.[1] ?? 'excluded';
}
