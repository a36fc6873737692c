import type { Category, ConsentCommand } from '@enishi/domain';
import type { HandleOptions } from './handle';

/** New consent may open what an erasure has closed: the person is back by their own will. */
const EVIDENCE: readonly Category[] = ['consent-evidence'];

/**
 * What of a consent's stream is opened to decide on a command, and what it may seal anew after an erasure. It takes the
 * evidence to know that an answer was recorded before; nothing else about consents looks at anything sealed: a lost key
 * must not stand in the way of a withdrawal.
 */
export function handlingOf(command: ConsentCommand): HandleOptions {
  const compares =
    (command.kind === 'GrantConsent' || command.kind === 'RefuseConsent') &&
    (command.evidence !== undefined || command.representative !== undefined);
  return {
    opens: compares ? EVIDENCE : [],
    ...(command.kind === 'GrantConsent' && { mayReopen: EVIDENCE }),
  };
}
