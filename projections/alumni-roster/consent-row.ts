import {
  CONTACT_CHANNELS,
  consentAnswer,
  questionOf,
  type ConsentAnswer,
  type ConsentEvent,
  type ContactChannel,
  type Fact,
  type Instant,
} from '@enishi/domain';
import type { Row } from '../engine';
import type { CONSENT } from './tables';

/** As much of a consent fact as the answer depends on. */
interface KeptFact {
  readonly type: string;
  readonly id: string;
  readonly position: string;
  readonly revision: number;
  readonly effectiveAt: Instant;
  readonly decidedAt: Instant;
  readonly data: {
    readonly channels?: readonly ContactChannel[];
    readonly purposeVersion?: number;
    readonly expiresAt?: Instant;
    readonly voided?: string;
    readonly evidenceIncomplete?: boolean;
    readonly approved?: string;
  };
}

/** The facts kept in a row of `consent_fact`. */
export function keptFacts(text: string): readonly Fact<ConsentEvent>[] {
  const kept = JSON.parse(text) as readonly KeptFact[];
  return kept.map((fact) => ({ ...fact, position: BigInt(fact.position) }) as unknown as Fact<ConsentEvent>);
}

/** The text that {@link keptFacts} reads. */
export function keepFacts(facts: readonly Fact<ConsentEvent>[]): string {
  const kept = facts.map((fact): KeptFact => {
    const { channels, purposeVersion, expiresAt, voided, evidenceIncomplete, approved } =
      fact.data as KeptFact['data'];
    const { type, id, position, revision, effectiveAt, decidedAt } = fact;
    const data = {
      channels,
      purposeVersion,
      expiresAt,
      voided,
      evidenceIncomplete,
      approved,
    } as KeptFact['data'];
    return { type, id, position: position.toString(), revision, effectiveAt, decidedAt, data };
  });
  return JSON.stringify(kept);
}

/**
 * The rows that a consent stream comes to. All its facts are in effect when they are recorded, so an answer
 * changes by itself only once: when the grant expires. Both answers come from `consentAnswer`.
 */
export function consentRows(
  alumnusId: string,
  purposeId: string,
  facts: readonly Fact<ConsentEvent>[],
  sort: { readonly sortKey: string; readonly sortPosition: bigint },
): readonly Row<typeof CONSENT>[] {
  const latest = facts.reduce<Instant>(
    (late, { effectiveAt }) => (effectiveAt > late ? effectiveAt : late),
    '',
  );
  const named = new Set(facts.flatMap((fact) => ('channels' in fact.data ? (fact.data.channels ?? []) : [])));
  return CONTACT_CHANNELS.filter((channel) => named.has(channel)).map((channel) => {
    const answer = consentAnswer(facts, channel, latest);
    const asked = questionOf(answer);
    const expiresAt = answer.state === 'granted' ? answer.expiresAt : undefined;
    const after = expiresAt === undefined ? undefined : consentAnswer(facts, channel, expiresAt);
    return {
      alumnus_id: alumnusId,
      purpose_id: purposeId,
      channel,
      state: answer.state,
      version: answer.version,
      effective_at: answer.effective,
      expires_at: expiresAt,
      incomplete: answer.incomplete === true,
      asked_version: asked?.version,
      asked_effective_at: asked?.effective,
      answer: JSON.stringify(answer),
      after_answer: after && JSON.stringify(after),
      sort_key: sort.sortKey,
      sort_position: sort.sortPosition,
    };
  });
}

/** The answer that a row holds at an instant. */
export function answerAt(
  row: {
    readonly answer: string | null;
    readonly after_answer: string | null;
    readonly expires_at: Date | null;
  },
  at: Instant,
): ConsentAnswer {
  const expired = row.expires_at !== null && row.expires_at.toISOString() <= at;
  const text = expired ? row.after_answer : row.answer;
  return text === null ? { state: 'none', factIds: [] } : (JSON.parse(text) as ConsentAnswer);
}
