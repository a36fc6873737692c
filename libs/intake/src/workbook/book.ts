import { posix } from 'node:path';
import { readFormats, type NumberFormat } from './formats';
import { WorkbookRefused } from './refusal';
import { readStrings, Strings } from './strings';
import { readAllXml } from './xml';
import type { Parts } from './zip';

/** A worksheet, as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  /** Name of its part in the zip. */
  readonly part: string;
}

/** What a workbook's cells are read with. */
export interface Book {
  readonly parts: Parts;
  /** In the order of the tabs; sheets of charts and macros are not among them. */
  readonly sheets: readonly SheetEntry[];
  readonly date1904: boolean;
  readonly formats: readonly (NumberFormat | undefined)[];
  readonly strings: Strings;
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/**
 * Reads how a workbook is made: its sheets, formats and texts.
 * @throws WorkbookRefused where the zip is none, or damaged
 */
export async function readBook(parts: Parts): Promise<Book> {
  if (!parts.has('_rels/.rels')) {
    // OpenDocument and Numbers; anything else is somebody's archive.
    const office = parts.has('content.xml') || parts.hasFolder('index/');
    throw new WorkbookRefused(office ? 'file-is-not-workbook' : 'file-is-zip');
  }
  const main = [...(await relationsOf(parts, '')).values()].find(({ type }) => type === 'officeDocument');
  if (main === undefined || !main.target.toLowerCase().endsWith('.xml')) {
    throw new WorkbookRefused('file-is-not-workbook');
  }
  const { listed, date1904, isWorkbook } = await readWorkbookPart(parts, main.target);
  if (!isWorkbook) throw new WorkbookRefused('file-is-not-workbook');
  const relations = await relationsOf(parts, main.target);
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((one) => one.type === type && parts.has(one.target))?.target;
  const styles = partOf('styles');
  const strings = partOf('sharedStrings');
  return {
    parts,
    date1904,
    sheets: listed.flatMap(({ name, hidden, relation }) => {
      const found = relations.get(relation);
      return found?.type === 'worksheet' ? [{ name, hidden, part: found.target }] : [];
    }),
    formats: styles === undefined ? [] : await readFormats(parts.read(styles)),
    strings:
      strings === undefined ? new Strings() : await readStrings(parts.read(strings, parts.bounds.strings)),
  };
}

interface Listed {
  readonly name: string;
  readonly hidden: boolean;
  readonly relation: string;
}

async function readWorkbookPart(
  parts: Parts,
  part: string,
): Promise<{ listed: readonly Listed[]; date1904: boolean; isWorkbook: boolean }> {
  const listed: Listed[] = [];
  let date1904 = false;
  let isWorkbook = false;
  await readAllXml(parts.read(part), {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true;
      else if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
      else if (name === 'sheet') {
        const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        const hidden = (attributes['state'] ?? 'visible') !== 'visible';
        listed.push({ name: attributes['name'] ?? '', hidden, relation });
      }
    },
  });
  return { listed, date1904, isWorkbook };
}

/** The relations of a part, by id; their targets as names in the zip. */
async function relationsOf(parts: Parts, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!parts.has(name)) return relations;
  await readAllXml(parts.read(name), {
    open(element, attributes) {
      if (element !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const { Id = '', Type = '', Target = '' } = attributes;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}

/** A boolean of XML Schema. */
export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
