/** Nest injection token of the {@link import('./handle').Ledger}. */
export const LEDGER = Symbol('ledger');
