/** Sets the clock of this process, in milliseconds against the machine's own. */
export function setClock(milliseconds: number): void;
