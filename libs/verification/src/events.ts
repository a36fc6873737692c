import { FILES, LONGEST_RUN, NotALeaf, readLeafText, type LeafEvent } from '@enishi/bundle';
import { canonical, leafText, NotCanonical, verifyRange, type TreeHead } from '@enishi/transparency';
import type { Bundle } from './bundle';
import { Broken, type Findings } from './finding';
import { canonicalObject, hashesOf, hasOnly, isCount } from './json-line';
import type { Machine } from './machine';
import type { Member } from './member';

/** Leaves `from` up to, and without, `to`, which stand in the bundle one behind the other. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * Checks every event: its text is canonical, it is of this ledger, recorded no earlier than the one before, and stands in
 * the tree that was signed, at its place.
 *
 * @param each told of every event that can be read, in the order of the ledger
 * @returns the runs, in order
 * @throws Broken where events and proofs cannot be told apart any more
 */
export async function checkEvents(
  bundle: Bundle,
  { ledger, head }: { readonly ledger: string; readonly head: TreeHead },
  machine: Machine,
  findings: Findings,
  each: (event: LeafEvent) => void,
): Promise<readonly Run[]> {
  const [events, proofs] = [bundle.file(FILES.events), bundle.file(FILES.proofs)];
  const runs: Run[] = [];
  let recordedAt = '';
  for (let text = await proofs.next(); text !== undefined; text = await proofs.next()) {
    const { run, path } = runIn(text, proofs.line, runs.at(-1)?.to ?? 0, head.size);
    const firstLine = events.line + 1;
    const leaves: Uint8Array[] = [];
    for (let leaf = run.from; leaf < run.to; leaf += 1) {
      const line = await events.next();
      if (line === undefined) throw new Broken({ code: 'event-missing', file: FILES.events, leaf });
      leaves.push(machine.hash(behindZero(events.lineBytes)));
      const event = findings.withinNow(() => eventIn(line, { leaf, ledger, after: recordedAt }, events));
      if (event === undefined) continue;
      recordedAt = event.recordedAt;
      each(event);
    }
    const place = { leaf: run.from, ...(run.to - run.from > 1 && { lastLeaf: run.to - 1 }) };
    if (!verifyRange(run.from, leaves, path, head, machine.hash))
      findings.add({ code: 'event-not-in-tree', file: FILES.events, line: firstLine, ...place });
    runs.push(run);
  }
  if ((await events.next()) !== undefined)
    findings.add({ code: 'event-unproven', file: FILES.events, line: events.line });
  return runs;
}

/** The events once more, behind {@link checkEvents}, which has told of those that cannot be read. */
export async function* eventsAgain(bundle: Bundle, runs: readonly Run[]): AsyncGenerator<LeafEvent> {
  const events = bundle.file(FILES.events);
  for (const { from, to } of runs)
    for (let leaf = from; leaf < to; leaf += 1) {
      const event = parsed((await events.next()) ?? '', leaf);
      if (event !== undefined) yield event;
    }
}

function runIn(
  text: string,
  line: number,
  after: number,
  size: number,
): { run: Run; path: readonly Uint8Array[] } {
  const read = canonicalObject(text);
  const { from, to } = read ?? {};
  const path = hashesOf(read?.['path']);
  const isRun =
    read !== undefined &&
    hasOnly(read, ['from', 'to', 'path']) &&
    path !== undefined &&
    isCount(from) &&
    isCount(to) &&
    after <= from &&
    from < to &&
    to <= size &&
    to - from <= LONGEST_RUN;
  if (!isRun) throw new Broken({ code: 'proof-malformed', file: FILES.proofs, line });
  return { run: { from, to }, path };
}

function eventIn(
  text: string,
  { leaf, ledger, after }: { readonly leaf: number; readonly ledger: string; readonly after: string },
  { line }: Member,
): LeafEvent {
  const place = { file: FILES.events, line, leaf };
  const event = readable(text, leaf);
  if (event === undefined) throw new Broken({ code: 'event-malformed', ...place });
  const found = { ...place, event: event.id };
  if (event.ledger !== ledger) throw new Broken({ code: 'event-of-another-ledger', ...found });
  if (!INSTANT.test(event.recordedAt) || event.recordedAt < after || event.stream.startsWith('$'))
    throw new Broken({ code: 'event-malformed', ...found });
  return event;
}

/** @returns undefined where the text is not that of a leaf, in its one canonical form */
function readable(text: string, leaf: number): LeafEvent | undefined {
  const event = parsed(text, leaf);
  return event !== undefined && textAgain(event) === text && hasReadableGroups(event) ? event : undefined;
}

function parsed(text: string, leaf: number): LeafEvent | undefined {
  try {
    return readLeafText(text, leaf);
  } catch (error) {
    if (error instanceof NotALeaf) return undefined;
    throw error;
  }
}

function textAgain(event: LeafEvent): string | undefined {
  try {
    const { data, metadata } = event;
    return leafText({ ...event, dataText: canonical(data), metadataText: canonical(metadata) });
  } catch (error) {
    if (error instanceof NotCanonical) return undefined;
    throw error;
  }
}

const COMMITMENT = /^[0-9a-f]{64}$/;

/** Whether the sealed groups are what every check and every line takes them for. */
function hasReadableGroups({ data }: LeafEvent): boolean {
  const groups: unknown = data['sealed'] ?? [];
  if (!Array.isArray(groups)) return false;
  const categories = groups.map((group) => (group as { readonly category?: unknown } | null)?.category);
  return (
    new Set(categories).size === groups.length &&
    categories.every((category) => typeof category === 'string') &&
    groups.every((group) => {
      const { commitments } = group as { readonly commitments?: unknown };
      return (
        typeof commitments === 'object' && commitments !== null && areCommitments(Object.values(commitments))
      );
    })
  );
}

const areCommitments = (values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'string' && COMMITMENT.test(value));

let room = new Uint8Array(16 * 1024);

/** What is hashed of a leaf (RFC 9162 section 2.1.1), in a room that the next one overwrites, as `Hash` allows. */
function behindZero(line: Uint8Array): Uint8Array {
  if (room.length <= line.length) room = new Uint8Array(line.length * 2);
  room.set(line, 1);
  return room.subarray(0, line.length + 1);
}
