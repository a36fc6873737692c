import type { Position } from './port';

/**
 * Holds what a live source pushes until it is taken in pages; tells the source to pause when `most` wait. The source
 * may also say how far it has looked without finding anything, which a reader learns when it has taken all before.
 */
export class Feed<T> {
  /** How the source is slowed down. */
  flow: { pause(): void; resume(): void } = { pause: () => undefined, resume: () => undefined };
  private items: { readonly item: T; readonly position: Position }[] = [];
  private looked: Position | undefined;
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;
  private paused = false;

  constructor(private readonly most: number) {}

  push(item: T, position: Position): void {
    this.items.push({ item, position });
    if (this.items.length >= this.most && !this.paused) {
      this.paused = true;
      this.flow.pause();
    }
    this.wake?.();
  }

  /** The source holds nothing of interest up to here but what it has pushed. */
  reached(position: Position): void {
    this.looked = position;
    this.wake?.();
  }

  /** The source has ended. What it pushed before is still given. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }

  /**
   * Waits for items, for news of how far the source has looked (then without items), or for the signal.
   * @throws what the source failed with, once everything before is taken.
   */
  async take(
    limit: number,
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly T[]; readonly seen: Position }> {
    while (this.items.length === 0 && this.looked === undefined && !this.failure && !signal.aborted) {
      await this.news(signal);
    }
    if (this.items.length > 0) return this.page(limit);
    if (this.looked !== undefined) {
      const seen = this.looked;
      this.looked = undefined;
      return { items: [], seen };
    }
    if (this.failure && !signal.aborted) throw this.failure.error;
    return { items: [], seen: 0n };
  }

  private page(limit: number): { readonly items: readonly T[]; readonly seen: Position } {
    const page = this.items.slice(0, limit);
    this.items = this.items.slice(limit);
    const seen = page.at(-1)!.position;
    if (this.looked !== undefined && this.looked <= seen) this.looked = undefined;
    if (this.paused && this.items.length <= this.most / 2) {
      this.paused = false;
      this.flow.resume();
    }
    return { items: page.map(({ item }) => item), seen };
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.wake = undefined;
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.wake = wake;
      signal.addEventListener('abort', wake);
    });
  }
}
