import { WorkbookRefused } from './refusal';
import { readXml } from './xml';

/**
 * The table of texts that the cells of a workbook point into, kept as one run of UTF-8 and the places where each
 * text begins: a tenth of what as many strings take.
 */
export class Strings {
  private bytes = Buffer.alloc(64 * 1024);
  private ends = new Uint32Array(1024);
  private used = 0;
  private count = 0;

  /** @returns the text of this number @throws WorkbookRefused where there is none */
  at(index: number): string {
    if (!(index >= 0 && index < this.count)) throw new WorkbookRefused('workbook-damaged');
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  add(text: string): void {
    const room = this.used + text.length * 3;
    if (room > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(room, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const longer = new Uint32Array(this.ends.length * 2);
      longer.set(this.ends);
      this.ends = longer;
    }
    this.used += this.bytes.write(text, this.used, 'utf8');
    this.ends[this.count] = this.used;
    this.count += 1;
  }
}

/**
 * Gathers the text of a rich string: its runs joined, its phonetic runs (`rPh`, the furigana that Japanese Excel
 * keeps beside every kanji typed) left out.
 */
export class RichText {
  private value = '';
  private taking = false;
  private phonetic = 0;

  start(): void {
    this.value = '';
  }

  open(name: string): void {
    if (name === 'rPh') this.phonetic += 1;
    else if (name === 't' && this.phonetic === 0) this.taking = true;
  }

  text(text: string): void {
    if (this.taking) this.value += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.phonetic -= 1;
    else if (name === 't') this.taking = false;
  }

  get whole(): string {
    return unescaped(this.value);
  }
}

/** `_x000D_` and its like, by which a workbook writes characters that XML cannot hold (ECMA-376 22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Reads the part `sharedStrings.xml`. */
export async function readStrings(part: AsyncIterable<Uint8Array>): Promise<Strings> {
  const strings = new Strings();
  const rich = new RichText();
  const pieces = readXml(part, {
    open(name) {
      if (name === 'si') rich.start();
      else rich.open(name);
    },
    text: (text) => rich.text(text),
    close(name) {
      if (name === 'si') strings.add(rich.whole);
      else rich.close(name);
    },
  });
  while ((await pieces.next()).done !== true);
  return strings;
}
