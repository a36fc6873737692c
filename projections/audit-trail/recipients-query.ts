import type { Pool } from 'pg';
import { readMembers, refuseGaps } from '../engine';
import { entryOf, type AuditEntry } from './entry';

/** One entry of the register of recipients, by its events in order. */
export interface RecipientSteps {
  readonly stream: string;
  readonly steps: readonly AuditEntry[];
}

/**
 * The register of recipients, in the order in which they were entered.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readRecipients(pool: Pool): Promise<readonly RecipientSteps[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const rows = await readMembers(
    pool,
    `SELECT * FROM audit_trail.event
      WHERE type IN ('RecipientAdded', 'RecipientRevised', 'RecipientAssessed', 'RecipientEnded')
      ORDER BY position`,
    [],
  );
  const entries = rows.map(entryOf);
  const streams = [...new Set(entries.map(({ stream }) => stream))];
  return streams.map((stream) => ({ stream, steps: entries.filter((entry) => entry.stream === stream) }));
}
