import {
  CONSENT_COLUMNS,
  consentLines,
  csvHeading,
  csvLine,
  FILES,
  inScope,
  PEOPLE_COLUMNS,
  PEOPLE_FIELDS,
  peopleLines,
  sealedOf,
  TRAIL_COLUMNS,
  trailLines,
  type Column,
  type ConsentLine,
  type LeafEvent,
  type Manifest,
  type PersonLine,
  type TrailLine,
} from '@enishi/bundle';
import { canonical } from '@enishi/transparency';
import type { Bundle } from './bundle';
import type { Disclosures } from './disclosures';
import { Broken, type Findings } from './finding';
import { canonicalObject, isObject } from './json-line';
import type { Member } from './member';
import type { Streams } from './streams';

/** A table of a bundle, once as JSON Lines and once as CSV, held against what the events come to line by line. */
class Table<Line> {
  /** Lines that the events come to. */
  lines = 0;
  private readonly utf8 = new TextEncoder();
  private isJsonSame = true;
  private isCsvSame = true;

  private constructor(
    private readonly json: Member,
    private readonly csv: Member,
    private readonly columns: readonly Column<Line>[],
    private readonly findings: Findings,
  ) {}

  static async of<Line>(
    bundle: Bundle,
    [json, csv]: readonly [string, string],
    columns: readonly Column<Line>[],
    findings: Findings,
  ): Promise<Table<Line>> {
    const table = new Table(bundle.file(json), bundle.file(csv), columns, findings);
    if (!(await table.csv.takes(table.utf8.encode(csvHeading(columns))))) table.differs(table.csv, 1);
    return table;
  }

  /**
   * The next line.
   * @param complete adds what is not computed but only stated, from the line as it stands there
   */
  async add(
    line: Line,
    event?: string,
    complete: (line: Line, stated: unknown) => Line = (same) => same,
  ): Promise<void> {
    this.lines += 1;
    let whole = line;
    if (this.isJsonSame) {
      const text = await this.json.next();
      const stated = text === undefined ? undefined : canonicalObject(text);
      whole = complete(line, stated);
      if (text === undefined) this.differs(this.json, this.lines, 'line-missing', event);
      else if (text !== canonical(whole))
        this.differs(this.json, this.lines, 'line-differs', event, fieldOf(whole, stated));
    }
    if (this.isCsvSame && !(await this.csv.takes(this.utf8.encode(csvLine(this.columns, whole)))))
      this.differs(
        this.csv,
        this.lines + 1,
        (await this.csv.isAtEnd()) ? 'line-missing' : 'line-differs',
        event,
      );
  }

  /** Behind the last line: there is none more. */
  async end(): Promise<void> {
    for (const [file, isSame] of [
      [this.json, this.isJsonSame],
      [this.csv, this.isCsvSame],
    ] as const) {
      const line = this.lines + (file === this.csv ? 2 : 1);
      if (isSame && !(await file.isAtEnd()))
        this.findings.add({ code: 'line-too-many', file: file.name, line });
    }
  }

  /** Behind the first difference nothing is compared: what follows would differ too. */
  private differs(
    { name }: Member,
    line: number,
    code: 'line-differs' | 'line-missing' = 'line-differs',
    event?: string,
    field?: string,
  ): void {
    if (name === this.json.name) this.isJsonSame = false;
    else this.isCsvSame = false;
    this.findings.add({
      code,
      file: name,
      line,
      ...(event !== undefined && { event }),
      ...(field !== undefined && { field }),
    });
  }
}

/** The first member, by name, that is another. */
function fieldOf(line: unknown, stated: unknown): string | undefined {
  if (!isObject(line) || !isObject(stated)) return undefined;
  const names = [...new Set([...Object.keys(line), ...Object.keys(stated)])].sort();
  const textOf = (value: unknown): string => canonical({ value });
  return names.find((name) => textOf(line[name]) !== textOf(stated[name]));
}

/** How many lines the tables have. */
export interface Lines {
  readonly data: number;
  readonly people: number;
}

/**
 * Computes every line of the tables anew from the events, and compares. Of the whole ledger there are no tables.
 *
 * @param events that are proven, in the order of the ledger
 * @param voids which answers were struck out, by `voidsOf`
 */
export async function checkData(
  bundle: Bundle,
  manifest: Manifest,
  events: AsyncIterable<LeafEvent>,
  {
    voids,
    streams,
    disclosures,
  }: { voids: ReadonlyMap<string, string>; streams: Streams; disclosures: Disclosures },
  findings: Findings,
): Promise<Lines> {
  const { scope, level } = manifest;
  if (scope.of === 'ledger') return { data: 0, people: 0 };
  const isConsents = scope.of === 'consents';
  const table = isConsents
    ? await Table.of<ConsentLine>(bundle, [FILES.consents, FILES.consentsCsv], CONSENT_COLUMNS, findings)
    : await Table.of<TrailLine>(bundle, [FILES.trail, FILES.trailCsv], TRAIL_COLUMNS, findings);
  const people: LeafEvent[] = [];
  const missing = new Set<string>();
  for await (const event of events) {
    if (level !== 'none' && event.stream.startsWith('alumnus-')) people.push(withoutCiphertexts(event));
    const lines = computed<ConsentLine | TrailLine>(event, () => {
      if (!inScope(scope, event)) return [];
      return isConsents ? [...consentLines([event], voids)] : [...trailLines([event])];
    });
    for (const line of lines) {
      await (table as Table<ConsentLine | TrailLine>).add(line, event.id);
      for (const stream of neededFor(line, manifest)) if (!streams.has(stream)) missing.add(stream);
    }
  }
  await table.end();
  for (const stream of missing) findings.add({ code: 'stream-missing', file: FILES.streams, stream });
  return {
    data: table.lines,
    people: level === 'none' ? 0 : await checkPeople(bundle, manifest, people, disclosures, findings),
  };
}

/** The streams without which a line cannot be understood: the text that was shown, and who the person is. */
function neededFor(
  { alumnusId, purposeId }: ConsentLine | TrailLine,
  { scope, level }: Manifest,
): readonly string[] {
  return [
    ...(scope.of === 'consents' ? [`purpose-${purposeId}`] : []),
    ...(level !== 'none' && alumnusId !== undefined ? [`alumnus-${alumnusId}`] : []),
  ];
}

async function checkPeople(
  bundle: Bundle,
  { level }: Manifest,
  events: readonly LeafEvent[],
  disclosures: Disclosures,
  findings: Findings,
): Promise<number> {
  const table = await Table.of<PersonLine>(bundle, [FILES.people, FILES.peopleCsv], PEOPLE_COLUMNS, findings);
  for (const line of computed(events.at(-1), () => [...peopleLines(events, disclosures.lines(), level)]))
    await table.add(line, undefined, withMasked);
  await table.end();
  return table.lines;
}

/** A masked value is the exporter's word: it is taken as it stands there, and nothing else is. */
function withMasked(line: PersonLine, stated: unknown): PersonLine {
  if (!isObject(stated)) return line;
  const masked = PEOPLE_FIELDS.flatMap((field) => {
    const value = line[field];
    const other = stated[field];
    return value?.state === 'masked' && isObject(other) && typeof other['value'] === 'string'
      ? [[field, { ...value, value: other['value'] }] as const]
      : [];
  });
  return { ...line, ...Object.fromEntries(masked) };
}

/** Of what is sealed, only what was committed to: the rest would fill the memory. */
function withoutCiphertexts(event: LeafEvent): LeafEvent {
  const sealed = sealedOf(event).map(({ category, commitments }) => ({ category, commitments }));
  return { ...event, data: { ...event.data, sealed } };
}

/** Events whose fields are not of their declared form have no line: only a forger signs such. */
function computed<Line>(event: LeafEvent | undefined, lines: () => readonly Line[]): readonly Line[] {
  try {
    return lines();
  } catch {
    throw new Broken({
      code: 'event-malformed',
      file: FILES.events,
      ...(event !== undefined && { leaf: event.leaf, event: event.id }),
    });
  }
}
