/** A JSON value as the ledger stores it: integers within ±(2^53 − 1), no lone surrogates, no NUL. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; `undefined` members are left out when it is written. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
