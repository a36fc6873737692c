import { Broken } from './finding';
import type { RunningDigest } from './machine';

/** Longer than any line that is written: an event has at most 1 MiB. */
const LONGEST_LINE = 8 * 1024 * 1024;
const NEWLINE = 10;
const NOTHING = new Uint8Array();
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a file came to. */
export interface Measured {
  readonly bytes: number;
  readonly lines: number;
  /** 64 digits. */
  readonly sha256: string;
}

/** One file of a bundle while it is read, once and from its beginning; its digest grows on the way. */
export class Member {
  /** Of the line that was taken last, from 1. */
  line = 0;
  /** Of that line, without its end; to be read before the next one is taken. */
  lineBytes: Uint8Array = NOTHING;
  private buffer: Uint8Array = NOTHING;
  private at = 0;
  private bytes = 0;
  private lines = 0;

  constructor(
    readonly name: string,
    private readonly pieces: AsyncIterator<Uint8Array>,
    private readonly digest: RunningDigest,
  ) {}

  /**
   * The next line, without its end.
   * @returns undefined behind the last
   * @throws Broken where it is no UTF-8 text, has no end or is too long
   */
  async next(): Promise<string | undefined> {
    let end = this.buffer.indexOf(NEWLINE, this.at);
    for (let from = this.buffer.length - this.at; end < 0; from = this.buffer.length) {
      if (!(await this.fill())) {
        if (this.at === this.buffer.length) return undefined;
        throw this.malformed();
      }
      if (this.buffer.length > LONGEST_LINE + this.at) throw this.malformed();
      end = this.buffer.indexOf(NEWLINE, from);
    }
    this.lineBytes = this.buffer.subarray(this.at, end);
    this.at = end + 1;
    this.line += 1;
    try {
      return UTF8.decode(this.lineBytes);
    } catch {
      throw new Broken({ code: 'text-malformed', file: this.name, line: this.line });
    }
  }

  /** Whether exactly these bytes come next; if so, they are behind. */
  async takes(expected: Uint8Array): Promise<boolean> {
    while (this.buffer.length - this.at < expected.length) if (!(await this.fill())) return false;
    for (let offset = 0; offset < expected.length; offset += 1)
      if (expected[offset] !== this.buffer[this.at + offset]) return false;
    this.at += expected.length;
    return true;
  }

  /** Whether nothing more comes. */
  async isAtEnd(): Promise<boolean> {
    return this.at === this.buffer.length && !(await this.fill());
  }

  /** All of it as text. @throws Broken where it is no UTF-8 text, or larger than the limit, in bytes */
  async whole(limit: number): Promise<string> {
    const bytes = await this.all(limit);
    try {
      return UTF8.decode(bytes);
    } catch {
      throw this.malformed();
    }
  }

  /** All of it. @throws Broken where it is larger than the limit, in bytes */
  async all(limit: number): Promise<Uint8Array> {
    while (await this.fill()) if (this.buffer.length > limit) throw this.malformed();
    return this.buffer;
  }

  /** Reads what is left, and says what all of it came to. */
  async measured(): Promise<Measured> {
    do this.at = this.buffer.length;
    while (await this.fill());
    return { bytes: this.bytes, lines: this.lines, sha256: this.digest.hex() };
  }

  private malformed(): Broken {
    return new Broken({ code: 'text-malformed', file: this.name, line: this.line + 1 });
  }

  /** One piece more. @returns false where there is none */
  private async fill(): Promise<boolean> {
    const { done, value } = await this.pieces.next();
    if (done === true) return false;
    this.bytes += value.length;
    this.digest.update(value);
    for (let at = value.indexOf(NEWLINE); at >= 0; at = value.indexOf(NEWLINE, at + 1)) this.lines += 1;
    const rest = this.buffer.subarray(this.at);
    if (rest.length === 0) this.buffer = value;
    else {
      this.buffer = new Uint8Array(rest.length + value.length);
      this.buffer.set(rest);
      this.buffer.set(value, rest.length);
    }
    this.at = 0;
    return true;
  }
}
