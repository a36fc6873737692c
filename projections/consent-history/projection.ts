import { CONSENT_KIND_OF } from '@enishi/domain';
import type { ClientBase } from 'pg';
import { scopeByIds, writeRows, type Entry, type Projection, type Row } from '../engine';
import { CONSENT_EVENT, indexes, tables } from './tables';

/** Every consent event with its public fields, for the person's timeline, the auditor and exports. */
export const consentHistory: Projection = {
  name: 'consent-history',
  version: 2,
  tables,
  indexes,
  handles: Object.keys(CONSENT_KIND_OF) as (keyof typeof CONSENT_KIND_OF)[],
  opens: [],
  subjects: [],
  scopeOf: scopeByIds,
  async project(entries, db) {
    await writeRows(db, 'consent_event', CONSENT_EVENT, ['position'], 'keep', entries.map(rowOf));
    await markVoided(entries, db);
  },
};

/** The clear fields that some consent event has. */
interface Fields {
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly channels?: readonly string[];
  readonly purposeVersion?: number;
  readonly captureChannel?: string;
  readonly method?: string;
  readonly party?: string;
  readonly language?: string;
  readonly noticeHash?: string;
  readonly identityCheck?: string;
  readonly artefactId?: string;
  readonly artefactHash?: string;
  readonly expiresAt?: string;
  readonly grantId?: string;
  readonly voided?: string;
  readonly approved?: string;
}

function rowOf({ fact, record }: Entry): Row<typeof CONSENT_EVENT> {
  const data = fact.data as Fields;
  return {
    position: fact.position,
    event_id: fact.id,
    kind: CONSENT_KIND_OF[fact.type as keyof typeof CONSENT_KIND_OF],
    alumnus_id: data.alumnusId,
    purpose_id: data.purposeId,
    purpose_version: data.purposeVersion,
    channels: data.channels ?? [],
    capture_channel: data.captureChannel,
    method: data.method,
    party: data.party,
    language: data.language,
    notice_hash: data.noticeHash,
    identity_check: data.identityCheck,
    has_evidence: hasEvidence(record),
    artefact_id: data.artefactId,
    artefact_hash: data.artefactHash,
    expires_at: data.expiresAt,
    about_event_id: data.grantId ?? data.voided ?? data.approved,
    effective_at: fact.effectiveAt,
    decided_at: fact.decidedAt,
    recorded_at: fact.recordedAt,
    actor: fact.actor,
    command_id: fact.commandId,
    batch_id: fact.batchId,
  };
}

/** A sealed group names its category in clear, and its commitments stay when the key is gone. */
function hasEvidence({ data }: Entry['record']): boolean {
  const sealed = data['sealed'] as readonly { readonly category?: string }[] | undefined;
  return sealed?.some((group) => group.category === 'consent-evidence') ?? false;
}

async function markVoided(entries: readonly Entry[], db: ClientBase): Promise<void> {
  const facts = entries.flatMap(({ fact }) => (fact.type === 'ConsentInvalidated' ? [fact] : []));
  // Voided twice, the first one did it; an update that finds two rows would take any of them.
  const voids = [...new Map(facts.toReversed().map((fact) => [fact.data.voided, fact])).values()];
  if (voids.length === 0) return;
  await db.query(
    `UPDATE consent_event SET voided_by = u.id
       FROM unnest($1::text[], $2::text[], $3::text[]) AS u(alumnus, voided, id)
      WHERE alumnus_id = u.alumnus AND event_id = u.voided AND voided_by IS NULL`,
    [voids.map((v) => v.data.alumnusId), voids.map((v) => v.data.voided), voids.map((v) => v.id)],
  );
}
