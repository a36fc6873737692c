import {
  BUNDLE_FORMAT,
  CONSENT_COLUMNS,
  consentLines,
  csvOf,
  disclosedAt,
  FILES,
  inScope,
  manifestText,
  PEOPLE_COLUMNS,
  peopleLines,
  readLeafText,
  signatureText,
  TRAIL_COLUMNS,
  trailLines,
  voidsOf,
  type BundleLevel,
  type BundleScope,
  type DisclosureLine,
  type Manifest,
} from '@enishi/bundle';
import { canonical, fieldSalt } from '@enishi/transparency';
import { zipOf } from '../support/zips';
import {
  Chance,
  InventedLedger,
  sha256,
  signedNote,
  signingKey,
  type Signing,
  type Written,
} from './invented-ledger';

/** What a bundle is to be. */
export interface Wanted {
  readonly scope: BundleScope;
  readonly level: BundleLevel;
  /** Leaves of its checkpoint; all there are where none are said. */
  readonly size?: number;
  /** Leaves of earlier checkpoints. */
  readonly history?: readonly number[];
}

/** The files of a bundle before they are signed, and what the manifest says beside them. */
export interface Unsigned {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly stated: Omit<Manifest, 'files'>;
}

const PEOPLE = 4;
const PURPOSES = 2;

/** A ledger with a bit of everything: answers, a withdrawal, an answer struck out, a correction, an erasure, a new key. */
export function someLedger(seed: string): InventedLedger {
  const ledger = new InventedLedger(new Chance(seed));
  const { chance } = ledger;
  const company = chance.uuid();
  ledger.append('company', 'LedgerOpened', { ledgerId: ledger.id, companyId: company, mode: 'production' });
  const purposes = Array.from({ length: PURPOSES }, () => chance.uuid());
  for (const purposeId of purposes) {
    const stream = `purpose-${purposeId}`;
    ledger.append(stream, 'PurposeDrafted', { purposeId, version: 1, code: 'rehire', revision: 'first' });
    ledger.append(stream, 'PurposePublished', { purposeId, version: 1, revision: 'first' });
  }
  const people = Array.from({ length: PEOPLE }, () => chance.uuid());
  people.forEach((alumnusId, at) => {
    ledger.append(
      `alumnus-${alumnusId}`,
      'AlumnusRegistered',
      { alumnusId, origin: 'hand' },
      {
        programme: { name: { family: `髙﨑${at}`, given: '花子' }, employeeNumber: `00${at}` },
        contact: { email: `p${at}@example.jp`, phone: `+8190000000${at}` },
        'leaving-detail': { leavingReason: '転職' },
      },
    );
    if (at === 1) ledger.append('checkpoint', 'CheckpointSigned', { size: 5, root: 'ab'.repeat(32) });
    for (const purposeId of purposes) answers(ledger, alumnusId, purposeId, at);
  });
  const [first, second] = people;
  ledger.append(
    `alumnus-${first}`,
    'AlumnusCorrected',
    { alumnusId: first!, changed: ['name'] },
    {
      programme: { name: { family: '青木', given: '花子' } },
    },
  );
  const erased = { alumnusId: second!, categories: ['contact'] };
  ledger.append(`lifecycle-${second}`, 'ErasureStarted', erased);
  ledger.append(`lifecycle-${second}`, 'ErasureCompleted', erased);
  ledger.keys.push(signingKey(ledger.origin));
  return ledger;
}

function answers(ledger: InventedLedger, alumnusId: string, purposeId: string, at: number): void {
  const stream = `consent-${alumnusId}.${purposeId}`;
  const about = { alumnusId, purposeId, channels: ['email'] };
  const asked = {
    ...about,
    purposeVersion: 1,
    language: 'ja',
    noticeHash: 'cd'.repeat(32),
    captureChannel: 'paper',
  };
  const told = { method: 'document', party: 'person', identityCheck: 'document-seen' };
  ledger.append(stream, 'ConsentRequested', asked);
  const granted = ledger.append(
    stream,
    'ConsentGranted',
    { ...asked, ...told },
    {
      'consent-evidence': { evidence: `署名 "${at}", 原本` },
    },
  );
  if (at === 0) ledger.append(stream, 'ConsentWithdrawn', { ...about, ...told, captureChannel: 'oral' });
  if (at === 1)
    ledger.append(
      stream,
      'ConsentInvalidated',
      { alumnusId, purposeId, voided: granted.id },
      {
        'consent-evidence': { reason: '誤記録' },
      },
    );
  if (at === 2) ledger.append('checkpoint', 'CheckpointSigned', { size: 7, root: 'ef'.repeat(32) });
}

/** The files of a bundle, written by hand from the description of the format. */
export function filesOf(
  ledger: InventedLedger,
  { scope, level, size = ledger.events.length, history = [] }: Wanted,
): Unsigned {
  const known = ledger.events.slice(0, size);
  const leaves = known.map((event, leaf) => readLeafText(event.text, leaf));
  const meant = leaves.filter((event) => inScope(scope, event));
  const streams = streamsOf(
    scope,
    level,
    meant.map(({ leaf }) => known[leaf]!),
    known,
  );
  const taken = leaves.filter(({ stream }) => scope.of === 'ledger' || streams.has(stream));
  const shown = taken.flatMap(({ leaf }) => disclosuresOf(known[leaf]!, level, erasedIn(known)));
  const runs = runsOf(taken.map(({ leaf }) => leaf));
  const [older, newer] = ledger.keys;
  const handOver = Math.floor(size / 2);
  const earlier = [...new Set([...history, handOver])]
    .sort((a, b) => a - b)
    .map((at) => ({
      note:
        at === handOver
          ? ledger.checkpoint(at, [older!, newer!], newer!)
          : ledger.checkpoint(at, [at < handOver ? older! : newer!]),
      path: ledger.consistency(at, size),
    }));
  const files: Record<string, string> = {
    [FILES.readmeJa]: '読み方\n',
    [FILES.readmeEn]: 'How to read this\n',
    [FILES.events]: taken.map(({ leaf }) => `${known[leaf]!.text}\n`).join(''),
    [FILES.proofs]: lines(runs.map((run) => ({ ...run, path: ledger.runProof(run, size) }))),
    [FILES.streams]: lines(
      scope.of === 'ledger'
        ? []
        : [...streams]
            .sort()
            .map((stream) => ({ stream, events: known.filter((one) => one.stream === stream).length })),
    ),
    [FILES.disclosures]: lines(shown),
    [FILES.checkpoint]: ledger.checkpoint(size, [newer!]),
    [FILES.history]: lines(earlier),
    [FILES.keys]: `${ledger.keys.map(({ vkey }) => vkey).join('\n')}\n`,
  };
  if (scope.of === 'consents') {
    const table = [...consentLines(meant, voidsOf(taken))];
    files[FILES.consents] = lines(table);
    files[FILES.consentsCsv] = csvOf(CONSENT_COLUMNS, table);
  } else if (scope.of === 'trail') {
    const table = [...trailLines(meant)];
    files[FILES.trail] = lines(table);
    files[FILES.trailCsv] = csvOf(TRAIL_COLUMNS, table);
  }
  if (level !== 'none') {
    const people = [...peopleLines(taken, shown, level)].map((line) => ({
      ...line,
      ...(line.phone?.state === 'masked' && { phone: { ...line.phone, value: '+8190***' } }),
    }));
    files[FILES.people] = lines(people);
    files[FILES.peopleCsv] = csvOf(PEOPLE_COLUMNS, people);
  }
  const root = Buffer.from(ledger.root({ from: 0, to: size })).toString('base64');
  return {
    files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
    stated: {
      ...{ bundle: ledger.chance.uuid(), ledger: ledger.id, format: BUNDLE_FORMAT, level, scope },
      ...{ checkpoint: { root, size }, createdAt: '2026-11-21T06:00:00.000Z' },
    },
  };
}

/** The zip of a bundle, its manifest signed. */
export function zipped(unsigned: Unsigned, signer: Signing): Buffer {
  return zipOf([...signedFiles(unsigned, signer)].map(([name, data]) => ({ name, data })));
}

/** All files of a bundle, with manifest and signature. */
export function signedFiles({ files, stated }: Unsigned, signer: Signing): ReadonlyMap<string, Buffer> {
  const manifest = Buffer.from(manifestText({ ...stated, files: entriesOf(files) }));
  const signature = signedNote(signatureText(sha256(manifest)), [signer]);
  return new Map([...files, [FILES.manifest, manifest], [FILES.signature, Buffer.from(signature)]]);
}

/** What the manifest says of files. */
export function entriesOf(files: ReadonlyMap<string, Buffer>): Manifest['files'] {
  return Object.fromEntries(
    [...files].map(([name, data]) => [
      name,
      {
        bytes: data.length,
        sha256: Buffer.from(sha256(data)).toString('hex'),
        ...(name.endsWith('.jsonl') && { lines: data.filter((byte) => byte === 10).length }),
      },
    ]),
  );
}

const lines = (objects: readonly object[]): string => objects.map((one) => `${canonical(one)}\n`).join('');

function streamsOf(
  scope: BundleScope,
  level: BundleLevel,
  meant: readonly Written[],
  known: readonly Written[],
): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const { stream } of meant) {
    wanted.add(stream);
    const [, alumnus, purpose] = /^consent-([^.]+)\.(.+)$/.exec(stream) ?? [];
    if (alumnus === undefined) continue;
    if (scope.of === 'consents') wanted.add(`purpose-${purpose}`).add(`lifecycle-${alumnus}`);
    if (level !== 'none') wanted.add(`alumnus-${alumnus}`);
  }
  return new Set([...wanted].filter((stream) => known.some((event) => event.stream === stream)));
}

/** Person and category of what was erased. */
function erasedIn(known: readonly Written[]): ReadonlySet<string> {
  const started = known.filter(({ type }) => type === 'ErasureStarted');
  return new Set(started.map(({ stream }) => `${stream.slice('lifecycle-'.length)} contact`));
}

function disclosuresOf(
  event: Written,
  level: BundleLevel,
  erased: ReadonlySet<string>,
): readonly DisclosureLine[] {
  const person = /^(?:alumnus|consent)-([^.]+)/.exec(event.stream)?.[1];
  return event.sealed.flatMap(({ category, salt, values }): readonly DisclosureLine[] => {
    if (level !== 'none' && erased.has(`${person} ${category}`))
      return [{ category, erased: true, event: event.id }];
    return Object.keys(values)
      .filter((field) => disclosedAt(level, category, field))
      .sort()
      .map((field) => ({
        ...{ category, event: event.id, field, value: values[field]! },
        salt: Buffer.from(fieldSalt(sha256, salt, category, field)).toString('base64'),
      }));
  });
}

function runsOf(leaves: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const leaf of leaves) {
    const last = runs.at(-1);
    if (last?.to === leaf) last.to = leaf + 1;
    else runs.push({ from: leaf, to: leaf + 1 });
  }
  return runs;
}
