const HOUR_MS = 3_600_000;
/** Addresses remembered at once; beyond it the one that is silent for longest is forgotten. */
const MOST_ADDRESSES = 10_000;

/** How often somebody may send the form: so many times an hour from one address. Kept in memory, and nowhere else. */
export class FormLimit {
  private readonly sent = new Map<string, readonly number[]>();

  constructor(private readonly most = 10) {}

  /** Counts one sending. @param now in milliseconds @returns false where there were too many before it */
  take(address: string, now: number): boolean {
    const recent = (this.sent.get(address) ?? []).filter((at) => at > now - HOUR_MS);
    const allowed = recent.length < this.most;
    // Set anew, so that the order of the map is that of the last sending.
    this.sent.delete(address);
    this.sent.set(address, allowed ? [...recent, now] : recent);
    if (this.sent.size > MOST_ADDRESSES) this.sent.delete(this.sent.keys().next().value!);
    return allowed;
  }
}
