import type { Named } from './named';

/** Rules that only a server comes to, with the tests there. */
export const AT_THE_DOOR: Readonly<Record<string, Named['test']>> = {};
