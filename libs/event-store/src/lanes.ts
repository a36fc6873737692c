/**
 * Runs work by name: what bears the same name one after the other, in the order it came; different names side by
 * side, at most so many at once. Until the first work has succeeded, and again after one that failed, one at a time:
 * a fresh connection is not to be flooded. Single work passes what came in bulk.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();
  private readonly waiting = { single: [] as (() => void)[], bulk: [] as (() => void)[] };
  private running = 0;
  private open = 1;

  /** @param most works side by side. */
  constructor(private readonly most: number) {}

  run<T>(name: string, kind: 'single' | 'bulk', work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(name) ?? Promise.resolve();
    const mine = before.then(() => this.admitted(kind, work));
    const tail = mine.catch(() => undefined);
    this.tails.set(name, tail);
    void tail.then(() => {
      if (this.tails.get(name) === tail) this.tails.delete(name);
    });
    return mine;
  }

  /** Resolves when nothing is under way or waiting. */
  async settled(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }

  private async admitted<T>(kind: 'single' | 'bulk', work: () => Promise<T>): Promise<T> {
    if (this.running >= this.open) await new Promise<void>((admit) => this.waiting[kind].push(admit));
    else this.running += 1;
    try {
      const result = await work();
      this.open = this.most;
      return result;
    } catch (error) {
      this.open = 1;
      throw error;
    } finally {
      this.running -= 1;
      this.admit();
    }
  }

  private admit(): void {
    const { single, bulk } = this.waiting;
    while (this.running < this.open && single.length + bulk.length > 0) {
      this.running += 1;
      (single.shift() ?? bulk.shift())!();
    }
  }
}
