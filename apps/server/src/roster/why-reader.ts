import { Inject, Injectable } from '@nestjs/common';
import { messageOf, reasonText, type Contactability, type Instant, type PersonAnswer } from '@enishi/domain';
import type { Why } from '@enishi/projections/alumni-roster/query';
import { readEvents, type AuditEntry } from '@enishi/projections/audit-trail/query';
import { AuditReader } from '../audit/audit-reader';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { reasonView } from './roster-view';

/** The answer to "why" with the events behind it, each with its three times and who acted. */
@Injectable()
export class WhyReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly audit: AuditReader,
    private readonly reads: ViewReads,
  ) {}

  /**
   * @param alumnusId whom the answer is about
   * @throws ProblemError 503 `view-behind`, `view-parked`, `view-rebuilding` where the trail lacks an event behind the answer
   */
  async view(alumnusId: string, why: Why, at: Instant): Promise<unknown> {
    const { contact, approach } = why;
    const ids = [...new Set([...idsOf(contact), ...idsOf(approach)])];
    const views = await this.audit.views(await this.eventsOf(alumnusId, ids));
    const viewOf = (eventIds: readonly string[]) =>
      views.filter(({ eventId }) => eventIds.includes(eventId as string));
    return {
      at,
      answer: contact.answer,
      sentence: { ja: sentenceOf(why, 'ja'), en: sentenceOf(why, 'en') },
      because: contact.answer === 'yes' ? viewOf(contact.because) : [],
      reasons:
        contact.answer === 'no'
          ? contact.reasons.map((one) => ({ ...reasonView(one), events: viewOf(one.eventIds) }))
          : [],
      approachable: approach.answer === 'yes',
      askingReasons: approach.answer === 'no' ? approach.reasons.map(reasonView) : [],
    };
  }

  /** The trail is a view of its own and may be a moment behind the one that answered: then it is waited for. */
  private async eventsOf(alumnusId: string, ids: readonly string[]): Promise<readonly AuditEntry[]> {
    const { pool, store } = this.infrastructure;
    const events = await readEvents(pool, ids);
    if (events.length === ids.length) return events;
    const head = await store.head();
    if (head !== undefined) await this.reads.passed('audit-trail', head, alumnusId);
    return readEvents(pool, ids);
  }
}

/** Why, of what a person's facts come to. */
export function whyOf({ contact, approach, consent }: PersonAnswer): Why {
  if (contact.answer === 'yes')
    return { contact, approach, consent, sentence: 'may-contact', eventIds: contact.because };
  const { reasons } = contact;
  const sentence = approach.answer === 'yes' ? 'may-ask' : (reasons[0]?.code ?? 'view-parked');
  return { contact, approach, consent, sentence, eventIds: reasons.flatMap(({ eventIds }) => eventIds) };
}

function idsOf(answer: Contactability): readonly string[] {
  return answer.answer === 'yes' ? answer.because : answer.reasons.flatMap(({ eventIds }) => eventIds);
}

function sentenceOf({ sentence, contact }: Why, language: 'ja' | 'en'): string {
  if (sentence === 'may-contact') {
    return language === 'ja'
      ? 'この目的・この手段で連絡できます。'
      : 'May be contacted for this purpose by this channel.';
  }
  if (sentence === 'may-ask') {
    return language === 'ja'
      ? 'まだ連絡できません。同意を依頼することはできます。'
      : 'May not be contacted yet; may be asked for consent.';
  }
  const first = contact.answer === 'no' ? contact.reasons.find(({ code }) => code === sentence) : undefined;
  return first === undefined ? messageOf(sentence, language) : reasonText(first, language);
}
