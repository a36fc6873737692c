/** Whether this process is on its way out: it still answers, and nobody should come any more. */
export class Standing {
  private out = false;

  get leaving(): boolean {
    return this.out;
  }

  /** From now on `/ready` says 503, and each answer asks its client to use another connection. */
  leave(): void {
    this.out = true;
  }
}
