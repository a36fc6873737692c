import {
  CONSENT_COLUMNS,
  consentLines,
  csvHeading,
  csvLine,
  FILES,
  inScope,
  LONGEST_RUN,
  PEOPLE_COLUMNS,
  peopleOf,
  readLeafText,
  TRAIL_COLUMNS,
  trailLines,
  voidsOf,
  type BundleLevel,
  type BundleScope,
  type Column,
  type FileName,
  type HistoryLine,
  type LeafEvent,
} from '@enishi/bundle';
import { canonical } from '@enishi/transparency';
import {
  consistencyProof,
  cosignedSizes,
  earlierCheckpoints,
  ledgerKeys,
  RunProofs,
  type Excerpt,
  type LedgerKey,
  type SignedCheckpoint,
  type StampedCheckpoint,
} from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { disclosureLines, peoplePages } from './bundle-people';
import { readme } from './bundle-readme';

/** What a bundle is to hold. */
export interface BundleQuestion {
  readonly scope: BundleScope;
  /** Of the whole ledger, `none`. */
  readonly level: BundleLevel;
  /** Sizes of earlier checkpoints that its reader keeps: published ones. */
  readonly since: readonly number[];
}

/** A bundle that is being made. */
export interface BundleMaking extends BundleQuestion {
  readonly infrastructure: Infrastructure;
  readonly checkpoint: SignedCheckpoint;
  /** The newest one up to there that an authority stamped. */
  readonly stamped: StampedCheckpoint | undefined;
  readonly excerpt: Excerpt;
  /** Awaited before a page of events about these people leaves. */
  readonly leaving: (personIds: readonly string[]) => Promise<void>;
}

/** Which bundle it is. */
export interface BundleIdentity {
  /** A uuid. */
  readonly bundle: string;
  readonly createdAt: string;
}

/** What is in a file, part by part. */
export type Parts = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Files of the bundle but the manifest, in the order in which they are made; each is read once, one after the other. */
export function filesOf(
  making: BundleMaking,
  identity: BundleIdentity,
): readonly (readonly [FileName, Parts])[] {
  const { checkpoint, stamped, excerpt, scope, level } = making;
  // Answers struck out, noticed when the events pass: their lines come later.
  const voids = new Map<string, string>();
  const consents = () => consentPages(making, voids);
  const trail = () => trailPages(making);
  const people = () => peoplePages(making);
  return [
    [FILES.readmeJa, [readme('ja', making, identity)]],
    [FILES.readmeEn, [readme('en', making, identity)]],
    [FILES.checkpoint, [checkpoint.note]],
    [FILES.history, historyLines(making)],
    ...(stamped ? ([[FILES.timestamp, [stamped.answer]]] as const) : []),
    [FILES.keys, keyLines(making)],
    [FILES.events, eventLines(making, voids)],
    [FILES.proofs, proofLines(making)],
    [FILES.streams, jsonLines(excerpt.streams())],
    [FILES.disclosures, jsonLines(disclosureLines(making))],
    ...(scope.of === 'consents' ? table(FILES.consents, FILES.consentsCsv, CONSENT_COLUMNS, consents) : []),
    ...(scope.of === 'trail' ? table(FILES.trail, FILES.trailCsv, TRAIL_COLUMNS, trail) : []),
    ...(level === 'none' ? [] : table(FILES.people, FILES.peopleCsv, PEOPLE_COLUMNS, people)),
  ];
}

type Pages<Line> = AsyncIterable<readonly Line[]>;

/** The same lines twice: as JSON and as CSV. */
function table<Line>(
  json: FileName,
  csv: FileName,
  columns: readonly Column<Line>[],
  pages: () => Pages<Line>,
): (readonly [FileName, Parts])[] {
  return [
    [json, jsonLines(pages())],
    [csv, csvLines(columns, pages())],
  ];
}

async function* jsonLines(pages: Pages<unknown>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((line) => `${canonical(line)}\n`).join('');
}

async function* csvLines<Line>(columns: readonly Column<Line>[], pages: Pages<Line>): AsyncGenerator<string> {
  yield csvHeading(columns);
  for await (const page of pages) yield page.map((line) => csvLine(columns, line)).join('');
}

/** Each page of events leaves once the access log knows whose it is; the files behind are about the same people. */
async function* eventLines(
  { excerpt, leaving }: BundleMaking,
  voids: Map<string, string>,
): AsyncGenerator<string> {
  for await (const page of excerpt.pages()) {
    const people = [...new Set(page.flatMap(({ record }) => peopleOf(record)))];
    if (people.length > 0) await leaving(people);
    const struck = page.filter(({ record }) => record.type === 'ConsentInvalidated');
    for (const [voided, by] of voidsOf(struck.map(eventOf))) if (!voids.has(voided)) voids.set(voided, by);
    yield page.map(({ text }) => `${text}\n`).join('');
  }
}

async function* proofLines({ excerpt, checkpoint, infrastructure }: BundleMaking): AsyncGenerator<string> {
  const proofs = new RunProofs(infrastructure.pool, checkpoint.size);
  for await (const run of excerpt.runs(LONGEST_RUN))
    yield `${canonical({ ...run, path: await proofs.pathOf(run) })}\n`;
}

async function* consentPages(making: BundleMaking, voids: ReadonlyMap<string, string>) {
  for await (const page of dataPages(making)) yield [...consentLines(page, voids)];
}

async function* trailPages(making: BundleMaking) {
  for await (const page of dataPages(making)) yield [...trailLines(page)];
}

/** The events that have a data line. */
async function* dataPages({ excerpt, scope }: BundleMaking): AsyncGenerator<readonly LeafEvent[]> {
  for await (const page of excerpt.pages()) yield page.map(eventOf).filter((event) => inScope(scope, event));
}

function eventOf({ text, leaf }: { readonly text: string; readonly leaf: number }): LeafEvent {
  return readLeafText(text, leaf);
}

async function* historyLines({
  checkpoint,
  since,
  stamped,
  infrastructure: { pool },
}: BundleMaking): AsyncGenerator<string> {
  const attested = [...(stamped ? [stamped.size] : []), ...(await cosignedSizes(pool, checkpoint.size))];
  const wanted = { below: checkpoint.size, sizes: [...since, ...attested] };
  for (const { size, note } of await earlierCheckpoints(pool, wanted)) {
    const line: HistoryLine = { note, path: await consistencyProof(pool, size, checkpoint) };
    yield `${canonical(line)}\n`;
  }
}

/** Keys that were in force by the checkpoint, the oldest first: one that came later is proven by nothing in the bundle. */
export async function keysOf({
  checkpoint,
  infrastructure: { ledger, pool },
}: BundleMaking): Promise<readonly LedgerKey[]> {
  const keys = await ledgerKeys(ledger, pool);
  return keys.filter(({ state, since = 0 }) => state !== 'waiting' && since <= checkpoint.size);
}

async function* keyLines(making: BundleMaking): AsyncGenerator<string> {
  for (const { line } of await keysOf(making)) yield `${line}\n`;
}
