import { Inject, Injectable } from '@nestjs/common';
import {
  readLawSettings,
  waitingOf,
  type ErasureGroup,
  type RetainedPerson,
  type RetentionOf,
  type WaitingCategory,
} from '@enishi/application';
import {
  documentRow,
  keptCategories,
  LAW,
  longestKept,
  requestGround,
  retentionBases,
  stayingOf,
  tokyoDay,
  type Day,
  type KeptCategory,
} from '@enishi/domain';
import { readGivenTo } from '@enishi/projections/audit-trail/query';
import { readAskers, readRequestsOf } from '@enishi/projections/request-register/query';
import {
  readDueIds,
  readHeldElsewhere,
  readRetained,
  type OpenEntry,
  type UnderLaw,
} from '@enishi/projections/retention-calendar/query';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import type {
  ErasureElsewhereAnswer,
  ErasureOutlookAnswer,
  ErasureRecipientAnswer,
  ErasureWaitAnswer,
} from './outlook.answers.dto';

type Room = Pick<Infrastructure, 'pool' | 'ledger'>;

/** What the views say must stay of people, under the law of today. */
export function retentionOf({ pool, ledger }: Room): RetentionOf {
  return async (alumnusIds) => {
    const law = await lawOf(ledger);
    const [retained, requests] = await Promise.all([
      readRetained(pool, alumnusIds, law),
      readRequestsOf(pool, alumnusIds),
    ]);
    const people = new Map<string, RetainedPerson>();
    const add = (alumnusId: string, kept: readonly KeptCategory[], requestIds: readonly string[] = []) => {
      const known = people.get(alumnusId) ?? { kept: [], requestIds: [] };
      people.set(alumnusId, {
        kept: longestOfEach([...known.kept, ...kept]),
        requestIds: [...known.requestIds, ...requestIds],
      });
    };
    for (const { alumnusId, ...one } of retained) add(alumnusId, [one]);
    for (const { alumnusId, requestId, standing, last } of requests) {
      const bases = retentionBases([requestGround(standing, last)], new Map(), law.at, law.settings);
      add(alumnusId, keptCategories(bases), [requestId]);
    }
    return people;
  };
}

/**
 * Of whom something is due: by the calendar, or because the records of their requests, which have keys of their own, need
 * not be kept any more.
 */
export async function readDue(room: Room): Promise<readonly string[]> {
  const { pool, ledger } = room;
  const law = await lawOf(ledger);
  const [due, askers] = await Promise.all([readDueIds(pool, law), readAskers(pool)]);
  const live = await ledger.vault.liveKeys(askers.map(({ requestId }) => `request:${requestId}` as const));
  const subjects = new Set(live.map(({ subject }) => subject));
  const known = new Set(due);
  const others = askers.filter(
    ({ alumnusId, requestId }) => subjects.has(`request:${requestId}`) && !known.has(alumnusId),
  );
  const alumnusIds = [...new Set(others.map(({ alumnusId }) => alumnusId))];
  const retained = await retentionOf(room)(alumnusIds);
  const isOver = (alumnusId: string): boolean =>
    stayingOf(['request-record'], retained.get(alumnusId)?.kept ?? [], law.at).length === 0;
  return [...due, ...alumnusIds.filter(isOver)].toSorted();
}

/** What follows a plan of erasure, or has followed it: what stays, and who else must do something. */
@Injectable()
export class ErasureOutlook {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** What the views say must stay. */
  readonly retentionOf: RetentionOf = (alumnusIds) => retentionOf(this.infrastructure)(alumnusIds);

  /** Of whom something is due. */
  due(): Promise<readonly string[]> {
    return readDue(this.infrastructure);
  }

  /** Of people of whom these groups go, or went. */
  async of(groups: readonly ErasureGroup[]): Promise<ErasureOutlookAnswer> {
    const waits: WaitingCategory[] = [];
    for (const { alumnusIds, categories } of groups) {
      waits.push(...(await waitingOf(this.infrastructure.ledger, alumnusIds, this.retentionOf, categories)));
    }
    return this.with(waits, groups);
  }

  /** The same, where it is known what waits. */
  async with(
    waits: readonly WaitingCategory[],
    groups: readonly Pick<ErasureGroup, 'alumnusIds'>[],
  ): Promise<ErasureOutlookAnswer> {
    const { pool, ledger } = this.infrastructure;
    const law = await lawOf(ledger);
    const elsewhere: OpenEntry[] = [];
    const recipients = new Map<string, ErasureRecipientAnswer>();
    for (const { alumnusIds } of groups) {
      elsewhere.push(...(await readHeldElsewhere(pool, alumnusIds, law)));
      for (const { recipientId, people, open } of await readGivenTo(pool, alumnusIds)) {
        const known = recipients.get(recipientId) ?? { recipientId, people: 0, open: 0 };
        recipients.set(recipientId, { recipientId, people: known.people + people, open: known.open + open });
      }
    }
    return {
      waits: waitsOf(waits),
      elsewhere: elsewhereOf(elsewhere, law.at),
      recipients: [...recipients.values()],
    };
  }
}

/** The law of today, with what the company has set. */
async function lawOf(ledger: Room['ledger']): Promise<UnderLaw> {
  return { at: tokyoDay(ledger.clock.now()), settings: await readLawSettings(ledger) };
}

function longestOfEach(kept: readonly KeptCategory[]): readonly KeptCategory[] {
  const categories = [...new Set(kept.map(({ category }) => category))];
  return categories.map((category) => longestKept(kept.filter((one) => one.category === category))!);
}

/** By category and rule, with the latest end. */
function waitsOf(waits: readonly WaitingCategory[]): ErasureWaitAnswer[] {
  const groups = new Map<string, WaitingCategory[]>();
  for (const one of waits) {
    const key = `${one.category} ${one.number}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((group) => {
    const { category, number, until } = longestKept(group)!;
    return {
      ...{ category, number, law: LAW[number].law, people: group.length },
      ...(until !== undefined && { until }),
    };
  });
}

/** By system and document. When a period ends is a day of somebody's life: only how many are over is told. */
function elsewhereOf(entries: readonly OpenEntry[], today: Day): ErasureElsewhereAnswer[] {
  const groups = new Map<string, ErasureElsewhereAnswer>();
  for (const { systemId, document, until } of entries) {
    const key = `${systemId} ${document}`;
    const law = LAW[documentRow(document).number].law;
    const known = groups.get(key) ?? { systemId, document, law, entries: 0, over: 0 };
    const isOver = until !== undefined && until < today;
    groups.set(key, { ...known, entries: known.entries + 1, over: known.over + (isOver ? 1 : 0) });
  }
  return [...groups.values()];
}
