import type { Contactability, ContactQuestion } from '@enishi/domain';
import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import {
  readRoster,
  type RosterCursor,
  type RosterQuestion,
  type RosterRow,
} from '@enishi/projections/alumni-roster/query';
import * as fc from 'fast-check';
import type { Pool, PoolClient } from 'pg';
import { directedHistories, histories, programmeId, purposeId } from './histories';
import { applyAll, beginAnew } from './laws';
import { atVolume } from '../../support/volume';
import { uuid, type MemoryLedger } from './memory-ledger';
import { PlainVault } from './plain-vault';
import { PureRoster } from './pure-roster';

export const DAY = 86_400_000;
export const MODES = ['contactable', 'excluded', 'approachable'] as const;
const HISTORIES = 40;

/** Histories in which every reason and every operator occurs: written ones and, always the same, drawn ones. */
export function sampleHistories(): readonly MemoryLedger[] {
  return [...directedHistories(), ...fc.sample(histories(200), { numRuns: HISTORIES, seed: 20261121 })];
}

const CHANNELS = ['email', 'phone', 'sms', 'post', 'line', 'sns'] as const;

/** Questions about a history, some at the very instant at which a grant expires. */
function questionsOf(ledger: MemoryLedger, turn: number): readonly ContactQuestion[] {
  const last = Date.parse(ledger.records.at(-1)!.recordedAt);
  const expiring = ledger.records.flatMap(({ data }): ContactQuestion[] => {
    const { expiresAt, purposeId: of, channels } = data as Record<string, string> & { channels?: string[] };
    if (expiresAt === undefined || of === undefined || Date.parse(expiresAt) < last) return [];
    return [{ purposeId: of, channel: channels![0] as 'email', at: expiresAt }];
  });
  const others = Array.from({ length: 10 }, (_, n): ContactQuestion => {
    const later = new Date(last + [0, 1, 30, 400][(turn + n) % 4]! * DAY).toISOString();
    const programme = [undefined, programmeId(0), programmeId(1), n === 7 ? uuid('no programme') : undefined][
      n % 4
    ];
    return {
      purposeId: n === 5 ? uuid('no purpose') : purposeId(turn + n),
      channel: CHANNELS[(turn * 5 + n) % 6]!,
      at: later,
      ...(programme !== undefined && { programmeId: programme }),
    };
  });
  const usual = [0, 30].map((days): ContactQuestion => {
    return { purposeId: purposeId(0), channel: 'email', at: new Date(last + days * DAY).toISOString() };
  });
  return [...usual, ...others, ...expiring.slice(0, 3)];
}

/** All pages of a roster, of a few people each. */
export async function wholeRoster(
  pool: Pick<Pool, 'query'>,
  question: RosterQuestion,
): Promise<readonly RosterRow[]> {
  const rows: RosterRow[] = [];
  let cursor: RosterCursor | undefined;
  do {
    const page = await readRoster(pool as Pool, {
      ...question,
      limit: atVolume(5, 2),
      ...(cursor ? { cursor } : {}),
    });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return rows;
}

export interface Expected {
  readonly question: ContactQuestion;
  readonly members: Readonly<Record<(typeof MODES)[number], readonly string[]>>;
  readonly answers: ReadonlyMap<
    string,
    { readonly contact: Contactability; readonly approach: Contactability }
  >;
}

/** Who the pure rules say is on which list, for every question about a history. */
export async function expectations(ledger: MemoryLedger, turn: number): Promise<readonly Expected[]> {
  const pure = await PureRoster.of(ledger);
  return questionsOf(ledger, turn).map((question) => {
    const answers = new Map([...pure.people].map((id) => [id, pure.answer(question, id)]));
    const members = (keep: (one: { contact: Contactability; approach: Contactability }) => boolean) =>
      [...answers]
        .filter(([, one]) => keep(one))
        .map(([id]) => id)
        .sort();
    return {
      question,
      answers,
      members: {
        contactable: members(({ contact }) => contact.answer === 'yes'),
        excluded: members(({ contact }) => contact.answer === 'no'),
        approachable: members(({ approach }) => approach.answer === 'yes'),
      },
    };
  });
}

/** Folds a history into the emptied roster. */
export async function load(db: PoolClient, ledger: MemoryLedger): Promise<void> {
  await beginAnew(db, alumniRoster);
  await applyAll(db, alumniRoster, new PlainVault(), ledger.records, [50]);
}
