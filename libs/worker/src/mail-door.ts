import type { Letter } from './letters';

/** The one door through which mail leaves. */
export interface MailDoor {
  /** @throws SendFault */
  send(letter: Letter, signal: AbortSignal): Promise<void>;
}

/** A letter was not sent, or nobody knows. */
export class SendFault extends Error {
  constructor(
    /** `later`: certainly not sent, and worth another try. `refused`: no try will help. */
    readonly outcome: 'later' | 'refused' | 'unknown',
    /** Never an address or a server's words. */
    readonly code: string,
  ) {
    super(code);
    this.name = 'SendFault';
  }
}
