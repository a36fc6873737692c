import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { tooLarge, WorkbookRefused } from './refusal';

export type Attributes = Readonly<Record<string, string>>;

/** Told what an XML part holds, in its order. Names come without their prefix: some writers use `x:row`. */
export interface XmlReader {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Deepest nesting of elements; a workbook has about eight. */
const DEEPEST = 64;
/** Bytes between two tags: a cell holds 32,767 characters at most, and a text is kept in memory until it ends. */
const LONGEST_TEXT = 1024 * 1024;

/**
 * Reads an XML part piece by piece. Entities other than those of XML itself and document types are refused, so
 * nothing in the part can unfold.
 *
 * @returns yields after every piece, so that the caller can take what was read
 * @throws WorkbookRefused where it is not well-formed, or built to exhaust its reader
 */
export async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  reader: XmlReader,
): AsyncGenerator<void, void, undefined> {
  let decoder: TextDecoder | undefined;
  let sinceTag = 0;
  let depth = 0;
  const parser = new SaxesParser({ position: false });
  parser.on('doctype', () => {
    throw new WorkbookRefused('workbook-damaged');
  });
  parser.on('opentag', ({ name, attributes }) => {
    sinceTag = 0;
    if ((depth += 1) > DEEPEST) throw new WorkbookRefused('workbook-damaged');
    reader.open?.(localName(name), attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceTag = 0;
    depth -= 1;
    reader.close?.(localName(name));
  });
  if (reader.text) parser.on('text', (text) => reader.text?.(text));

  for await (const chunk of chunks) {
    decoder ??= decoderOf(chunk);
    wellFormed(() => parser.write(decoder!.decode(chunk, { stream: true })));
    if ((sinceTag += chunk.length) > LONGEST_TEXT + chunk.length) throw tooLarge(LONGEST_TEXT);
    yield;
  }
  wellFormed(() => parser.write(decoder?.decode() ?? '').close());
  yield;
}

/** Reads a whole small part. */
export async function readAllXml(chunks: AsyncIterable<Uint8Array>, reader: XmlReader): Promise<void> {
  const pieces = readXml(chunks, reader);
  while ((await pieces.next()).done !== true);
}

/** The part of a name behind its prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The parser's complaint may repeat text of the file; the code does not. */
function wellFormed(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused('workbook-damaged');
  }
}

function decoderOf(chunk: Uint8Array): TextDecoder {
  const utf16 = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0x3c && chunk[1] === 0);
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true });
}
