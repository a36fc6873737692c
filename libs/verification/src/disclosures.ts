import {
  categoriesAt,
  disclosedAt,
  FILES,
  personOf,
  sealedOf,
  type DisclosureLine,
  type LeafEvent,
  type Manifest,
} from '@enishi/bundle';
import { canonical, commitment, fromBase64, type Hash } from '@enishi/transparency';
import type { Bundle } from './bundle';
import { Broken, type Findings } from './finding';
import { canonicalObject, hasOnly } from './json-line';

/** How many sealed fields of the events are shown, and how many are not. */
export interface Shown {
  /** Their value is the one in the ledger. */
  proven: number;
  /** Neither shown nor told of. */
  withheld: number;
  /** The key is destroyed, by the exporter's word. */
  erased: number;
  /** Of these, no event in the bundle says that the person was erased. */
  erasedUnrecorded: number;
}

/** What a line is about, within one event. */
interface About {
  readonly category: string;
  readonly field?: string;
}

interface Line {
  readonly line: number;
  readonly told: DisclosureLine;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => HEX[byte]).join('');

/** What a bundle shows of what is sealed, held against the events one after the other. */
export class Disclosures {
  readonly shown: Shown = { proven: 0, withheld: 0, erased: 0, erasedUnrecorded: 0 };
  private readonly erasures = new Set<string>();
  private readonly erased: { readonly recorded: readonly string[]; readonly fields: number }[] = [];
  private readonly met = new Set<string>();

  private constructor(
    private readonly byEvent: ReadonlyMap<string, readonly Line[]>,
    private readonly level: Manifest['level'],
    private readonly hash: Hash,
    private readonly findings: Findings,
  ) {}

  /** @throws Broken */
  static async of(bundle: Bundle, { level }: Manifest, hash: Hash, findings: Findings): Promise<Disclosures> {
    const file = bundle.file(FILES.disclosures);
    const byEvent = new Map<string, Line[]>();
    for (let text = await file.next(); text !== undefined; text = await file.next()) {
      const place = { file: FILES.disclosures, line: file.line };
      const told = lineIn(text);
      if (told === undefined) throw new Broken({ code: 'disclosure-malformed', ...place });
      const isAllowed =
        'value' in told ? disclosedAt(level, told.category, told.field) : isNamedAt(level, told);
      if (!isAllowed) findings.add({ code: 'disclosure-not-allowed', ...place, event: told.event });
      const others = byEvent.get(told.event) ?? [];
      if (others.some((other) => contradicts(other.told, told)))
        findings.add({ code: 'disclosure-twice', ...place, event: told.event });
      byEvent.set(told.event, [...others, { line: file.line, told }]);
    }
    return new Disclosures(byEvent, level, hash, findings);
  }

  /** Every line, for who the people are. */
  *lines(): Generator<DisclosureLine> {
    for (const lines of this.byEvent.values()) for (const { told } of lines) yield told;
  }

  /** Each value that is shown of an event is the one that was committed to when it was recorded, and none is kept back. */
  add(event: LeafEvent): void {
    const groups = sealedOf(event);
    const lines = this.byEvent.get(event.id) ?? [];
    for (const one of lines) this.check(one, event, groups);
    for (const { category, commitments } of groups) {
      for (const field of Object.keys(commitments)) {
        if (lines.some(({ told }) => contradicts(told, { category, field }))) continue;
        this.shown.withheld += 1;
        if (disclosedAt(this.level, category, field))
          this.findings.add({ code: 'disclosure-missing', file: FILES.disclosures, event: event.id, field });
      }
    }
    if (lines.length > 0) this.met.add(event.id);
    if (event.type === 'ErasureStarted' || event.type === 'ErasureCompleted') this.erase(event);
    if (event.type === 'ItemErased') this.eraseItems(event);
  }

  /** Behind the last event. */
  end(): void {
    for (const [event, [first]] of this.byEvent) {
      if (!this.met.has(event))
        this.findings.add({
          code: 'disclosure-of-nothing',
          file: FILES.disclosures,
          line: first!.line,
          event,
        });
    }
    for (const { recorded, fields } of this.erased)
      if (!recorded.some((one) => this.erasures.has(one))) this.shown.erasedUnrecorded += fields;
  }

  private check({ line, told }: Line, event: LeafEvent, groups: ReturnType<typeof sealedOf>): void {
    const place = { file: FILES.disclosures, line, event: event.id };
    const committed = groups.find(({ category }) => category === told.category)?.commitments;
    if (!('value' in told)) {
      const names = Object.keys(committed ?? {}).filter((name) => !('field' in told) || name === told.field);
      const fields = names.length;
      if (fields === 0) this.findings.add({ code: 'disclosure-of-nothing', ...place });
      this.shown.erased += fields;
      const recorded = [`${personOf(event)} ${told.category}`];
      if ('field' in told) recorded.push(`${personOf(event)} ${told.event} ${told.field}`);
      this.erased.push({ recorded, fields });
      return;
    }
    const { field, salt, value } = told;
    if (committed === undefined || !Object.hasOwn(committed, field)) {
      this.findings.add({ code: 'disclosure-of-nothing', ...place });
      return;
    }
    if (hexOf(commitment(this.hash, fromBase64(salt)!, canonical(value))) === committed[field]) {
      this.shown.proven += 1;
    } else this.findings.add({ code: 'disclosure-wrong', ...place, field });
  }

  private eraseItems(event: LeafEvent): void {
    for (const item of itemsOf(event)) this.erasures.add(item);
  }

  private erase(event: LeafEvent): void {
    const { categories } = event.data;
    if (!Array.isArray(categories)) return;
    for (const category of categories) this.erasures.add(`${personOf(event)} ${String(category)}`);
  }
}

/** Of an event's own person alone: what it says of another's events counts for nothing. */
function itemsOf(event: LeafEvent): readonly string[] {
  const { eventIds, fields } = event.data;
  if (!Array.isArray(eventIds) || !Array.isArray(fields)) return [];
  return eventIds.flatMap((id) => fields.map((field) => `${personOf(event)} ${String(id)} ${String(field)}`));
}

const isNamedAt = (level: Manifest['level'], { category }: DisclosureLine): boolean =>
  (categoriesAt(level) as readonly string[]).includes(category);

/** Whether two lines are about the same field; one that says of its group that it is erased is about all of them. */
function contradicts(one: About, other: About): boolean {
  if (one.category !== other.category) return false;
  return one.field === undefined || other.field === undefined || one.field === other.field;
}

function lineIn(text: string): DisclosureLine | undefined {
  const read = canonicalObject(text);
  if (read === undefined) return undefined;
  const { category, event, field, salt, erased } = read;
  if (typeof category !== 'string' || typeof event !== 'string') return undefined;
  const isErased =
    erased === true &&
    (field === undefined || typeof field === 'string') &&
    hasOnly(read, ['category', 'erased', 'event', ...(field === undefined ? [] : ['field'])]);
  const isShown =
    typeof field === 'string' &&
    typeof salt === 'string' &&
    fromBase64(salt)?.length === 32 &&
    'value' in read &&
    hasOnly(read, ['category', 'event', 'field', 'salt', 'value']);
  return isErased || isShown ? (read as unknown as DisclosureLine) : undefined;
}
