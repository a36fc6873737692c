import { FILES, voidsOf, type Manifest } from '@enishi/bundle';
import { writeNoteKey } from '@enishi/transparency';
import type { Attested } from './attested';
import { Bundle } from './bundle';
import { checkData, type Lines } from './data';
import { Disclosures, type Shown } from './disclosures';
import { checkEvents, eventsAgain } from './events';
import { Findings, type Finding } from './finding';
import type { ByteSource, Machine } from './machine';
import { checkFiles, readManifest } from './manifest';
import { Streams } from './streams';
import { checkTrust, type Known, type Trusted } from './trust';

/**
 * What the checks can say about the history itself. `self-signed`: the holder of a key signed it, whoever that is.
 * `your-key`: the holder of the key that you have from elsewhere did. `time-stamped`, `witnessed`: an authority or a witness
 * that you trust saw one of its checkpoints. `not-rewritten`: it goes on from a checkpoint that you kept.
 */
export type TrustLevel = 'self-signed' | 'your-key' | 'time-stamped' | 'witnessed' | 'not-rewritten';

/** What was checked and what it came to. Everything in it but `findings` is only to be relied on where there is none. */
export interface Report {
  readonly outcome: 'verified' | 'failed';
  /** The first hundred. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  readonly manifest?: Omit<Manifest, 'files'>;
  readonly trust?: {
    readonly level: TrustLevel;
    /** Whether one of them is the key that you gave. */
    readonly isYourKey: boolean;
    /** The ledger's public keys, one line each, the oldest first. */
    readonly keys: readonly string[];
    /** Earlier checkpoints in the bundle that lead to its own. */
    readonly earlierCheckpoints: number;
    /** Leaves of the checkpoint that you kept. */
    readonly since?: number;
    /** Names of others who signed the checkpoint; their signatures are not checked here. */
    readonly unchecked: readonly string[];
    /** Which of your witnesses saw which checkpoint last. */
    readonly witnessed: readonly Attested[];
    /** Which of your authorities stamped which checkpoint. */
    readonly stamped?: Attested;
    /** Whether there is a time stamp that was not checked, since no authority was given. */
    readonly hasUncheckedTimestamp: boolean;
  };
  readonly counted?: { readonly events: number; readonly streams: number } & Lines & Shown;
}

/** What a check is asked to do beside checking. */
export interface Options extends Known {
  /** Told of progress: bytes of the bundle that were read, of all there are to read. */
  readonly onProgress?: (read: number, of: number) => void;
}

/**
 * Checks a bundle with nothing but itself, and what is known from elsewhere.
 *
 * @throws Unreadable where the file cannot be read; whatever is wrong within it is in the report
 * @example (await verifyBundle(source, machine, { key })).outcome // 'verified'
 */
export async function verifyBundle(
  source: ByteSource,
  machine: Machine,
  options: Options = {},
): Promise<Report> {
  const findings = new Findings();
  let found: Omit<Report, 'outcome' | 'findings' | 'findingCount'> = {};
  await findings.within(async () => {
    const bundle = await Bundle.open(counted(source, options), machine);
    const text = await bundle.text(FILES.manifest);
    const manifest = readManifest(text);
    const { files: _, ...stated } = manifest;
    found = { manifest: stated };
    checkFiles(manifest, bundle.names, findings);
    await findings.within(async () => {
      const trusted = await checkTrust(bundle, { manifest, text }, options, machine, findings);
      found = { ...found, trust: trustOf(trusted, options, bundle.has(FILES.timestamp), machine) };
      found = { ...found, counted: await checkContent(bundle, manifest, trusted, machine, findings) };
    });
    await bundle.compareWith(manifest, findings);
  });
  const outcome = findings.count === 0 ? 'verified' : 'failed';
  return { outcome, findings: findings.kept, findingCount: findings.count, ...found };
}

async function checkContent(
  bundle: Bundle,
  manifest: Manifest,
  { head }: Trusted,
  machine: Machine,
  findings: Findings,
): Promise<NonNullable<Report['counted']>> {
  const streams = await Streams.of(bundle, manifest, findings);
  const disclosures = await Disclosures.of(bundle, manifest, machine.hash, findings);
  const voids = new Map<string, string>();
  let events = 0;
  const proven = { ledger: manifest.ledger, head };
  const runs = await checkEvents(bundle, proven, machine, findings, (event) => {
    events += 1;
    streams.add(event);
    disclosures.add(event);
    // Of two, the first one did it.
    for (const [answer, by] of voidsOf([event])) if (!voids.has(answer)) voids.set(answer, by);
  });
  streams.end();
  disclosures.end();
  if (manifest.scope.of === 'ledger' && events !== head.size)
    findings.add({ code: 'ledger-incomplete', file: FILES.events });
  const context = { voids, streams, disclosures };
  const lines = await findings.within(() =>
    checkData(bundle, manifest, eventsAgain(bundle, runs), context, findings),
  );
  return { events, streams: streams.size, ...(lines ?? { data: 0, people: 0 }), ...disclosures.shown };
}

function trustOf(
  { keys, others, earlier, since, witnessed, stamped }: Trusted,
  { key, authorities }: Known,
  hasTimestamp: boolean,
  { hash }: Machine,
): NonNullable<Report['trust']> {
  const levels: readonly (readonly [TrustLevel, boolean])[] = [
    ['not-rewritten', since !== undefined],
    ['witnessed', witnessed.length > 0],
    ['time-stamped', stamped !== undefined],
    ['your-key', key !== undefined],
  ];
  return {
    level: levels.find(([, holds]) => holds)?.[0] ?? 'self-signed',
    isYourKey: key !== undefined,
    keys: keys.map((one) => writeNoteKey(one, hash)),
    earlierCheckpoints: earlier,
    ...(since !== undefined && { since }),
    unchecked: others,
    witnessed,
    ...(stamped && { stamped }),
    hasUncheckedTimestamp: hasTimestamp && authorities === undefined,
  };
}

/** Tells how much was read. Events are read twice, the rest once; which part is which need not be exact. */
function counted(source: ByteSource, { onProgress }: Options): ByteSource {
  if (onProgress === undefined) return source;
  let read = 0;
  return {
    size: source.size,
    read: async (from, to) => {
      const bytes = await source.read(from, to);
      read += bytes.length;
      onProgress(read, Math.max(read, source.size * 2));
      return bytes;
    },
  };
}
