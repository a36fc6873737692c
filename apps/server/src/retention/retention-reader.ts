import { Inject, Injectable } from '@nestjs/common';
import { readLawSettings } from '@enishi/application';
import {
  GROUND_NAMES,
  LAW,
  retentionEnd,
  tokyoDay,
  type Anchor,
  type Category,
  type RetentionEnd,
} from '@enishi/domain';
import {
  readBases,
  readEntries,
  readHoldIds,
  type PersonBasis,
  type StatedEntry,
  type UnderLaw,
} from '@enishi/projections/retention-calendar/query';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import type { AnchorDto, HeldElsewhereAnswer } from './held-elsewhere.dto';
import type { PersonRetentionAnswer, RetainedCategoryAnswer, RetentionBasisAnswer } from './retention.dto';

/** What must stay of one person, and why. */
@Injectable()
export class RetentionReader {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** The law of today, with what the company has set. */
  async law(): Promise<UnderLaw> {
    const { ledger } = this.infrastructure;
    return { at: tokyoDay(ledger.clock.now()), settings: await readLawSettings(ledger) };
  }

  async of(alumnusId: string): Promise<PersonRetentionAnswer> {
    const { pool } = this.infrastructure;
    const law = await this.law();
    const { holdings, bases } = await readBases(pool, alumnusId, law);
    const entries = await readEntries(pool, alumnusId);
    return {
      alumnusId,
      day: law.at,
      holds: [...(await readHoldIds(pool, alumnusId))],
      categories: holdings.map((category) => categoryView(category, bases, law)),
      elsewhere: entries.map((entry) => entryView(entry, law)),
    };
  }
}

function categoryView(
  category: Category,
  all: readonly PersonBasis[],
  { at }: UnderLaw,
): RetainedCategoryAnswer {
  const bases = all.filter((one) => one.category === category);
  const [longest] = bases;
  const until = longest?.until;
  const due = longest === undefined || (until !== undefined && until < at);
  return { category, due, ...(until !== undefined && { until }), bases: bases.map(basisView) };
}

function basisView({
  ground,
  document,
  number,
  purposeId,
  until,
  eventIds,
}: PersonBasis): RetentionBasisAnswer {
  return {
    ...{ ground, text: GROUND_NAMES[ground], document, number, law: LAW[number].law },
    ...(purposeId !== undefined && { purposeId }),
    ...(until !== undefined && { until }),
    eventIds: [...eventIds],
  };
}

function entryView(entry: StatedEntry, { at, settings }: UnderLaw): HeldElsewhereAnswer {
  const { anchors, statedId, disposedId, ...said } = entry;
  const end: RetentionEnd | undefined =
    anchors && retentionEnd(entry.document, anchors, at, settings.numbers);
  const days = Object.entries(anchors ?? {}) as [Anchor, string][];
  return {
    ...said,
    ...(anchors && { anchors: days.map(([anchor, day]): AnchorDto => ({ anchor, day })) }),
    ...(end?.kind === 'until' && { until: end.until }),
    statedBy: statedId,
    ...(disposedId !== undefined && { disposedBy: disposedId }),
  };
}
