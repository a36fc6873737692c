import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { EXIT } from './exit-codes';
import { badInput, Failure } from './failure';
import { readAll, type Io } from './io';

const LARGEST_JSON = 1024 * 1024;

/** A JSON object from a file, or from standard input where the file is `-`. */
export async function readJson(io: Io, file: string): Promise<Readonly<Record<string, unknown>>> {
  const bytes = file === '-' ? await readAll(io.stdin, LARGEST_JSON) : await readFile(file).catch(cannotRead);
  if (bytes === undefined || bytes.length > LARGEST_JSON) {
    throw badInput(
      'input-too-large',
      '入力が大きすぎます（1 MiB まで）。',
      'The input is too large (at most 1 MiB).',
    );
  }
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const place = placeOf(text, error);
    throw badInput(
      'json-not-valid',
      `JSON として読めません${place.ja}。`,
      `This is not valid JSON${place.en}.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badInput('json-not-an-object', 'JSON のオブジェクトではありません。', 'This is not a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** Two options both asked for standard input. */
export function stdinTwice(): Error {
  return badInput('stdin-twice', '標準入力は一度しか読めません。', 'Standard input can be read only once.');
}

/** A short text: as given, or from standard input where it is `-`. */
export async function readText(io: Io, text: string): Promise<string> {
  if (text !== '-') return text;
  const bytes = await readAll(io.stdin, LARGEST_JSON);
  return (bytes ?? Buffer.alloc(0)).toString('utf8').trim();
}

/** A text file of a few kilobytes, or standard input where the file is `-`. */
export async function readSmallText(io: Io, file: string): Promise<string> {
  const bytes = file === '-' ? await readAll(io.stdin, LARGEST_JSON) : await readFile(file).catch(cannotRead);
  return (bytes ?? Buffer.alloc(0)).toString('utf8');
}

/** Bytes to send, readable again for each attempt, and how many. */
export interface Source {
  readonly bytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A file, or standard input (kept in memory) where the file is `-`. */
export async function openSource(io: Io, file: string, limit: number): Promise<Source> {
  const tooLarge = badInput('file-too-large', 'ファイルが大きすぎます。', 'The file is too large.');
  if (file === '-') {
    const bytes = await readAll(io.stdin, limit);
    if (bytes === undefined) throw tooLarge;
    return { bytes: bytes.length, open: () => pieces(bytes) };
  }
  const { size, ...kind } = await stat(file)
    .then((found) => ({ size: found.size, isFile: found.isFile() }))
    .catch(cannotRead);
  if (!kind.isFile) throw badInput('not-a-file', 'ファイルではありません。', 'This is not a file.');
  if (size > limit) throw tooLarge;
  return { bytes: size, open: () => createReadStream(file) };
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Why a file cannot be read, as far as it may be told. @throws Failure always */
export function cannotRead(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') {
    throw new Failure(EXIT.refused, 'file-not-found', {
      ja: 'ファイルがありません。',
      en: 'There is no such file.',
    });
  }
  throw badInput('file-unreadable', 'ファイルを読めません。', 'The file cannot be read.');
}

/** Where the parser stopped. Its own message repeats the text, which may be about a person. */
function placeOf(text: string, error: unknown): { readonly ja: string; readonly en: string } {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (at === undefined) return { ja: '', en: '' };
  const before = text.slice(0, Number(at)).split('\n');
  const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
  return { ja: `（${line} 行 ${column} 文字目）`, en: ` (line ${line}, column ${column})` };
}
