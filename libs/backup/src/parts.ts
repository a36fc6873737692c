import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '@enishi/vault';
import { damaged } from './errors';

/** A file of a backup, as its manifest knows it: one JSON document in each line. */
export interface Part {
  /** Path inside the backup, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  /** Hex, over the whole file. */
  readonly sha256: string;
}

/** Written at once, in bytes; more lines wait for no system call of their own. */
const CHUNK = 256 * 1024;

/** Writes a part line by line; durable when {@link PartWriter.end} resolves. */
export class PartWriter {
  private readonly hash = createHash('sha256');
  private waiting: string[] = [];
  private held = 0;
  private bytes = 0;
  private lines = 0;

  private constructor(
    private readonly name: string,
    private readonly file: FileHandle,
  ) {}

  static async open(folder: string, name: string): Promise<PartWriter> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new PartWriter(name, await open(path, 'wx', 0o600));
  }

  async write(line: string): Promise<void> {
    this.waiting.push(line, '\n');
    this.lines += 1;
    this.held += line.length + 1;
    if (this.held >= CHUNK) await this.flush();
  }

  async end(): Promise<Part> {
    try {
      await this.flush();
      await this.file.sync();
    } finally {
      await this.file.close();
    }
    const { name, bytes, lines } = this;
    return { name, bytes, lines, sha256: this.hash.digest('hex') };
  }

  /** Gives the part up. */
  async drop(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const chunk = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.held = 0;
    this.hash.update(chunk);
    this.bytes += chunk.length;
    // At the file's position, and all of it.
    await this.file.writeFile(chunk);
  }
}

/** Writes a part with `work`; nothing of the file stays open where that fails. */
export async function writePart(
  folder: string,
  name: string,
  work: (part: PartWriter) => Promise<void>,
): Promise<Part> {
  const part = await PartWriter.open(folder, name);
  try {
    await work(part);
    return await part.end();
  } catch (error) {
    await part.drop();
    throw error;
  }
}

/** Lines handed on together. */
const LINES = 1000;

/**
 * The lines of a part, many at a time, hashed on the way: whoever has read to the end knows that it is whole.
 * @throws BackupError `backup-damaged` at the end where size, number of lines or hash differ, or the file is missing.
 */
export async function* readPart(folder: string, part: Part): AsyncGenerator<readonly string[]> {
  const path = join(folder, part.name);
  const hash = createHash('sha256');
  let bytes = 0;
  let lines = 0;
  let rest: Buffer[] = [];
  let ready: string[] = [];
  const size = await stat(path).then(
    (found) => found.size,
    (error: unknown) => {
      if (isMissing(error)) throw damaged(`${part.name} is missing`);
      throw error;
    },
  );
  if (size !== part.bytes) throw damaged(`${part.name} has ${size} bytes instead of ${part.bytes}`);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const tail = chunk.subarray(from, end);
      ready.push((rest.length === 0 ? tail : Buffer.concat([...rest, tail])).toString('utf8'));
      rest = [];
      lines += 1;
      from = end + 1;
      if (ready.length === LINES) {
        yield ready;
        ready = [];
      }
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
  }
  if (ready.length > 0) yield ready;
  const whole = bytes === part.bytes && lines === part.lines && rest.length === 0;
  if (!whole || hash.digest('hex') !== part.sha256) throw damaged(`${part.name} is not what was written`);
}

/** A line of a part as an object. @throws BackupError `backup-damaged` */
export function parseLine<T extends object>(line: string, part: Part): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw damaged(`a line of ${part.name} is no JSON`);
  }
}
