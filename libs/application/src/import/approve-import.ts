import { consentAnswers, consentsImportDecider, type ConsentEvent, type Fact } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { OnConsent, OnConsentHandler } from '../consent-commands';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { createdId } from '../ids';
import { importStream } from '../streams';
import { broughtBy } from './brought-by';
import { eachOf } from './each-of';

/** Consents at work at the same time. */
const CONCURRENCY = 16;

/** Consents to one version of one purpose. */
export interface ApprovalGroup {
  readonly purposeId: string;
  readonly purposeVersion: number;
  /** Consents that an approval would take for such. */
  waiting: number;
  /** Those of them with a scan. */
  withScan: number;
  /** Those of them without one, with words on what proves them. */
  withNote: number;
}

/** What approving an import would come to now. */
export interface ApprovalPreview {
  readonly waiting: number;
  /** Approved before. */
  readonly approved: number;
  /** Withdrawn, refused, replaced, expired or voided since: an approval leaves them as they are. */
  readonly ended: number;
  readonly groups: readonly ApprovalGroup[];
}

/**
 * What {@link approveImport} would take for consents now, without recording anything: each consent that still stands,
 * and whose evidence is incomplete.
 */
export async function previewApproval(ledger: Ledger, importId: string): Promise<ApprovalPreview> {
  const groups = new Map<string, ApprovalGroup>();
  const counts = { waiting: 0, approved: 0, ended: 0 };
  for await (const { record, standing } of judged(ledger, importId)) {
    counts[standing] += 1;
    if (standing !== 'waiting') continue;
    const { purposeId, purposeVersion } = record.data as { purposeId: string; purposeVersion: number };
    const key = `${purposeId} ${purposeVersion}`;
    const group = groups.get(key) ?? { purposeId, purposeVersion, waiting: 0, withScan: 0, withNote: 0 };
    groups.set(key, group);
    group.waiting += 1;
    if ('artefactId' in record.data) group.withScan += 1;
    else if (hasNote(record)) group.withNote += 1;
  }
  return { ...counts, groups: [...groups.values()] };
}

/**
 * Takes every consent of an import that stands and whose evidence is incomplete for one. May be repeated, and goes on
 * where it was: what is approved stays so.
 * @returns how many this order approved, and the position that a query must have passed to show it
 */
export async function approveImport(
  ledger: Ledger,
  importId: string,
  { requestTag: _, ifMatch: __, ...context }: CommandContext,
): Promise<{ readonly approved: number; readonly position: string }> {
  const consents = new OnConsentHandler(ledger);
  let approved = 0;
  for await (const { record, standing } of judged(ledger, importId)) {
    if (standing !== 'waiting') continue;
    const { id, data } = record;
    const inner = { ...context, commandId: createdId(importId, `approve ${id}`) };
    const about = [data['alumnusId'] as string, data['purposeId'] as string] as const;
    const command = { kind: 'ApproveEvidence', approved: id } as const;
    const outcome = await consents.execute(new OnConsent(...about, command, inner));
    if (outcome.kind === 'done' && outcome.eventIds.length > 0 && !outcome.repeated) approved += 1;
  }
  const note = { kind: 'NoteApproval', importId, approved } as const;
  const outcome = await handle(ledger, consentsImportDecider, importStream(importId), note, context);
  const position = outcome.kind === 'done' ? outcome.position : 0n;
  return { approved, position: String(position) };
}

interface Judged {
  readonly record: RecordedEvent;
  readonly standing: 'waiting' | 'approved' | 'ended';
}

/** Every consent of the import whose evidence was incomplete when it came, and where it stands now. */
async function* judged(ledger: Ledger, importId: string): AsyncGenerator<Judged> {
  for await (const page of broughtBy(ledger, importId)) {
    const incomplete = page.filter(
      ({ type, data }) => type === 'ConsentGranted' && data['evidenceIncomplete'] === true,
    );
    yield* await eachOf(incomplete, CONCURRENCY, (record) => judge(ledger, record));
  }
}

async function judge({ store, vault, clock }: Ledger, record: RecordedEvent): Promise<Judged> {
  const records = await store.readStream(record.stream);
  const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact<ConsentEvent>[];
  const answers = Object.values(consentAnswers(facts, clock.now()));
  const own = answers.filter(({ state, factIds }) => state === 'granted' && factIds[0] === record.id);
  if (own.length === 0) return { record, standing: 'ended' };
  return { record, standing: own.some(({ incomplete }) => incomplete === true) ? 'waiting' : 'approved' };
}

/** A sealed group names its category in clear. */
function hasNote({ data }: RecordedEvent): boolean {
  const sealed = data['sealed'] as readonly { readonly category?: string }[] | undefined;
  return sealed?.some(({ category }) => category === 'consent-evidence') ?? false;
}
