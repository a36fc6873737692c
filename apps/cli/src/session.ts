import { randomUUID } from 'node:crypto';
import { connectionOf, homeOf } from './connection';
import { Api } from './http/api';
import { Transport } from './http/transport';
import { write, type Io } from './io';
import { languageOf, type Bilingual, type Language } from './language';
import { Memory, memoryFile } from './memory';
import { paletteOf, type Palette } from './output/colour';
import { Progress } from './output/progress';
import { table, type Column } from './output/table';

/** Options that every command has, as read. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly lang?: string;
  readonly color?: boolean;
  readonly url?: string;
  readonly home?: string;
  readonly idempotencyKey?: string;
}

/** What a command works with: the server, and the ways to say something. */
export class Session {
  readonly json: boolean;
  readonly language: Language;
  readonly palette: Palette;
  private opened: Promise<Api> | undefined;

  constructor(
    readonly io: Io,
    readonly options: GlobalOptions,
  ) {
    this.json = options.json === true;
    this.language = languageOf(options.lang, io.env);
    this.palette = paletteOf(io.stdout, io.env, options.color !== false);
  }

  /** The server; opened when first asked for, since some commands need none. */
  api(): Promise<Api> {
    this.opened ??= this.open();
    return this.opened;
  }

  /** A text in the session's language. */
  say(text: Bilingual): string {
    return text[this.language];
  }

  t(ja: string, en: string): string {
    return this.language === 'ja' ? ja : en;
  }

  /** Prints a result: the document itself under `--json`, else its text. */
  async show(document: unknown, text: () => string): Promise<void> {
    await write(this.io.stdout, this.json ? `${JSON.stringify(document, null, 2)}\n` : text());
  }

  /** Prints a list: one JSON line for each row under `--json`, else a table. */
  async list<T>(
    rows: readonly T[],
    columns: readonly Column[],
    cells: (row: T) => readonly unknown[],
    empty: Bilingual,
  ): Promise<void> {
    if (this.json) return write(this.io.stdout, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    if (rows.length === 0) return this.note(this.say(empty));
    const paint = (text: string, row: number): string => (row === -1 ? this.palette.strong(text) : text);
    return write(this.io.stdout, table(columns, rows.map(cells), paint));
  }

  /** Says something beside the result, to people. */
  async note(text: string): Promise<void> {
    await write(this.io.stderr, `${text}\n`);
  }

  progress(label: Bilingual): Progress {
    return new Progress(this.io.stderr, this.say(label));
  }

  private async open(): Promise<Api> {
    const connection = await connectionOf(this.options, this.io.env);
    const memory = new Memory(memoryFile(homeOf(this.options, this.io.env), this.io.env), connection.url);
    const key = this.options.idempotencyKey ?? `enishi-${randomUUID()}`;
    return new Api(new Transport(connection, key), memory);
  }
}
