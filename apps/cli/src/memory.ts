import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** After this time every view has long passed the position, or something is wrong that waiting does not mend. */
const POSITION_LASTS_MS = 10 * 60_000;
const MOST_SEEN = 5000;

/** What is kept between two runs for one server: opaque ids and a number, nothing about a person. */
interface Kept {
  readonly url: string;
  readonly position?: string;
  readonly positionAt?: number;
  /** Ids of alumni that were printed lately, so that a prefix of one can be typed. */
  readonly seen: readonly string[];
}

/**
 * What one run of the command leaves for the next: the ledger position of the last change, sent with queries so
 * that one reads one's own writes, and the ids lately printed. A convenience: nothing depends on the file.
 */
export class Memory {
  private kept: Kept | undefined;

  constructor(
    private readonly file: string,
    private readonly url: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** The position to wait for; undefined where there is none or it is old. */
  async position(): Promise<string | undefined> {
    const { position, positionAt = 0 } = await this.load();
    return this.now() - positionAt < POSITION_LASTS_MS ? position : undefined;
  }

  /** Keeps a position; an earlier one than that kept changes nothing. */
  async passed(position: string): Promise<void> {
    if (!/^\d{1,19}$/.test(position)) return;
    const kept = await this.load();
    const before = await this.position();
    if (before !== undefined && BigInt(before) >= BigInt(position)) return;
    await this.save({ ...kept, position, positionAt: this.now() });
  }

  /** Ids lately printed that begin so. */
  async seenBeginning(prefix: string): Promise<readonly string[]> {
    return (await this.load()).seen.filter((id) => id.startsWith(prefix));
  }

  async sawIds(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const kept = await this.load();
    const seen = [...new Set([...ids, ...kept.seen])].slice(0, MOST_SEEN);
    await this.save({ ...kept, seen });
  }

  private async load(): Promise<Kept> {
    if (this.kept !== undefined) return this.kept;
    const nothing: Kept = { url: this.url, seen: [] };
    try {
      const read = JSON.parse(await readFile(this.file, 'utf8')) as Partial<Kept>;
      const mine = read.url === this.url && Array.isArray(read.seen);
      this.kept = mine ? (read as Kept) : nothing;
    } catch {
      this.kept = nothing;
    }
    return this.kept;
  }

  private async save(kept: Kept): Promise<void> {
    this.kept = kept;
    const part = `${this.file}.${process.pid}`;
    try {
      await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
      await writeFile(part, JSON.stringify(kept), { mode: 0o600 });
      await rename(part, this.file);
    } catch {
      // A folder that cannot be written: the next run may have to wait a moment for its own change.
    }
  }
}

/** Forgets the position: after a move to another event store it would be another place, which may never be reached. */
export async function forgetPosition(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  try {
    const { url, seen } = JSON.parse(text) as Kept;
    await writeFile(file, JSON.stringify({ url, seen }), { mode: 0o600 });
  } catch {
    // Not ours, or not writable: it is believed for a few minutes at most.
  }
}

/** In the data folder of a development server; where there is none, in the user's state folder. */
export function memoryFile(home: string, env: NodeJS.ProcessEnv): string {
  if (existsSync(home)) return join(home, 'cli-position');
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  return join(state, 'enishi', 'cli-position');
}
