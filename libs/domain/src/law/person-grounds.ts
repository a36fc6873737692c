import { consentAnswers, type ConsentEvent } from '../consent-answer';
import type { Day, Fact, Instant } from '../kernel';
import type { RequestStanding } from '../requests/request-terms';
import type { Bilingual } from '../shapes';
import { addDays, tokyoDay } from '../time';
import type { DocumentCode } from './documents';

/** Why data of somebody stay. */
export const RETENTION_GROUNDS = [
  'not-yet-asked',
  'answer-awaited',
  'consent-stands',
  'consent-ended',
  'evidence',
  'request',
  'hold',
  'held-elsewhere',
] as const;
export type GroundCode = (typeof RETENTION_GROUNDS)[number];

/** What people read for a ground. */
export const GROUND_NAMES: Readonly<Record<GroundCode, Bilingual>> = {
  'not-yet-asked': { ja: '同意をまだ依頼していない', en: 'not asked for consent yet' },
  'answer-awaited': { ja: '回答を待っている', en: 'an answer is awaited' },
  'consent-stands': { ja: '同意がある', en: 'a consent stands' },
  'consent-ended': { ja: '同意の終了', en: 'the consent ends, or has ended' },
  evidence: { ja: '同意の証跡', en: 'evidence of a consent' },
  request: { ja: '対応の記録', en: 'record of what was done' },
  hold: { ja: '保全の記録', en: 'record of a hold' },
  'held-elsewhere': { ja: '他のシステムの書類の記録', en: 'record of a document held elsewhere' },
};

/**
 * Why something about a person stays, before any number of law is asked: so it is the same whichever day it is looked
 * at and however long the company keeps things.
 */
export interface RetentionGround {
  readonly ground: GroundCode;
  readonly document: DocumentCode;
  /** The purpose whose data stay; absent where it is not about one. */
  readonly purposeId?: string;
  /** The first day of the wait or of the period; absent while it still stands. */
  readonly first?: Day;
  /** What says so. */
  readonly eventIds: readonly string[];
}

/**
 * What one consent stream is a ground for: the data that its purpose needs, and the evidence of the answers. Nothing here
 * depends on when it is asked: a consent that will expire ends on a day that is known.
 *
 * @param endedAt what ended every consent of the person at once: a return to the company, or a death
 */
export function consentGrounds(
  purposeId: string,
  facts: readonly Fact<ConsentEvent>[],
  endedAt?: { readonly at: Instant; readonly eventId: string },
): readonly RetentionGround[] {
  const moments = new Set(facts.map(({ effectiveAt }) => effectiveAt));
  const latest = [...moments].reduce((late, at) => (at > late ? at : late), '');
  const now = Object.values(consentAnswers(facts, latest));
  // A consent that has expired may uncover a question that nobody has answered yet.
  const later = now.flatMap(({ expiresAt }) => {
    return expiresAt === undefined ? [] : Object.values(consentAnswers(facts, expiresAt));
  });
  const grounds = [...now, ...later].flatMap((answer): readonly RetentionGround[] => {
    const { state, effective, expiresAt, factIds: eventIds } = answer;
    if (effective === undefined || state === 'none') return [];
    const programme = { document: 'alumni-programme', purposeId, eventIds } as const;
    if (state === 'requested') {
      const over = endOf(undefined, endedAt, effective);
      if (over === undefined) return [{ ...programme, ground: 'answer-awaited', first: dayAfter(effective) }];
      return [{ ...programme, ground: 'consent-ended', first: dayAfter(over.at) }];
    }
    const evidence = { document: 'consent-evidence', purposeId, ground: 'evidence', eventIds } as const;
    const end = endOf(state === 'granted' || state === 'expired' ? expiresAt : effective, endedAt, effective);
    if (end === undefined) return [{ ...programme, ground: 'consent-stands' }, evidence];
    const told = end.eventId === undefined ? eventIds : [...eventIds, end.eventId];
    const first = dayAfter(end.at);
    return [
      { ...programme, ground: 'consent-ended', first, eventIds: told },
      { ...evidence, first, eventIds: told },
    ];
  });
  return longestOfEach(grounds);
}

/** When a consent ends: by its own end, or by what ended all of the person's consents, whichever came first. */
function endOf(
  own: Instant | undefined,
  all: { readonly at: Instant; readonly eventId: string } | undefined,
  given: Instant,
): { readonly at: Instant; readonly eventId?: string } | undefined {
  const ended = all !== undefined && all.at >= given ? all : undefined;
  if (own === undefined) return ended;
  return ended !== undefined && ended.at < own ? ended : { at: own };
}

/** Of the grounds of one kind, for one document and purpose, the one that lasts longest, which is an open one. */
export function longestOfEach(grounds: readonly RetentionGround[]): readonly RetentionGround[] {
  const longest = new Map<string, RetentionGround>();
  for (const one of grounds) {
    const key = `${one.ground} ${one.document} ${one.purposeId ?? ''}`;
    const known = longest.get(key);
    if (known === undefined || (known.first !== undefined && (one.first ?? '9999') > known.first)) {
      longest.set(key, one);
    }
  }
  return [...longest.values()];
}

/** Somebody registered whom nobody has asked yet. */
export function approachGround(registered: {
  readonly at: Instant;
  readonly eventId: string;
}): RetentionGround {
  return {
    ground: 'not-yet-asked',
    document: 'alumni-programme',
    first: dayAfter(registered.at),
    eventIds: [registered.eventId],
  };
}

/** The record of a request stays until the person knows the decision, or it was closed, and then from the last thing done (product policy). */
export function requestGround(
  standing: RequestStanding | undefined,
  last: Pick<Fact, 'id' | 'effectiveAt'>,
): RetentionGround {
  return {
    ground: 'request',
    document: 'request-record',
    ...((standing === 'notified' || standing === 'closed') && { first: dayAfter(last.effectiveAt) }),
    eventIds: [last.id],
  };
}

/** The first day that counts in a period that runs from an instant (Civil Code 140). */
export function dayAfter(at: Instant): Day {
  return addDays(tokyoDay(at), 1);
}
