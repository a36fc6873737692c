import type { ConsentEvent, Fact } from '@enishi/domain';
import type { ConsentRow } from '@enishi/intake';
import type { OnConsent } from '../consent-commands';

const EVENT_OF = {
  granted: 'ConsentGranted',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
} as const;

/** Which text was shown, and what proves the answer, must both be told. */
function missesEvidence({ purposeVersion, language, evidence, evidenceFile }: ConsentRow): boolean {
  const proof = evidence ?? evidenceFile;
  return purposeVersion === undefined || language === undefined || proof === undefined;
}

/**
 * Whether a file has brought this very answer before, whatever has been said since. What came with an import that was
 * undone does not count; what somebody has voided by hand does, so that an old list does not bring it back.
 */
export function stands(row: ConsentRow, facts: readonly Fact<ConsentEvent>[]): boolean {
  const undone = new Set(
    facts.flatMap((fact) =>
      fact.type === 'ConsentInvalidated' && fact.batchId !== undefined ? [fact.data.voided] : [],
    ),
  );
  return facts.some(
    (fact) =>
      fact.type === EVENT_OF[row.answer] &&
      fact.batchId !== undefined &&
      !undone.has(fact.id) &&
      fact.effectiveAt === row.effectiveAt &&
      row.channels.every((channel) => fact.data.channels.includes(channel)) &&
      (row.purposeVersion === undefined ||
        ('purposeVersion' in fact.data && fact.data.purposeVersion === row.purposeVersion)) &&
      (fact.type !== 'ConsentGranted' || fact.data.evidenceIncomplete !== true || missesEvidence(row)),
  );
}

/** The command that a person's hand would have given. @param artefactId of the scan kept for it */
export function commandOf(row: ConsentRow, artefactId?: string): OnConsent['command'] {
  const { channels, captureChannel, method, identityCheck, evidence, purposeVersion } = row;
  const said = {
    channels,
    captureChannel,
    method,
    identityCheck,
    party: 'person',
    effectiveAt: row.effectiveAt,
    ...(evidence !== undefined && { evidence }),
    ...(artefactId !== undefined && { artefactId }),
  } as const;
  const version = purposeVersion === undefined ? {} : { purposeVersion };
  // Of a text that nobody names, the Japanese one is taken, and the evidence is incomplete.
  const { language = 'ja' } = row;
  if (row.answer === 'withdrawn') {
    return { kind: 'WithdrawConsent', ...said, ...(row.language !== undefined && { language }) };
  }
  if (row.answer === 'refused') return { kind: 'RefuseConsent', ...said, ...version, language };
  const incomplete = missesEvidence(row) && { evidenceIncomplete: true as const };
  return { kind: 'GrantConsent', ...said, ...version, language, ...incomplete };
}
