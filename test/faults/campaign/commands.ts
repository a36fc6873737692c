import { createHash } from 'node:crypto';
import {
  COMPANY_STREAM,
  handle,
  noticeHashes,
  purposeStream,
  systemContext,
  uuidFromDigest,
  type CommandContext,
  type Ledger,
  type Outcome,
} from '@enishi/application/ledger';
import { companyDecider, PURPOSE_TEMPLATES, purposeDecider } from '@enishi/domain';
import { Desk, type PublishedPurpose } from '../../bench/desk';
import { CROWD_FROM, DRAFTS_FROM } from './order';

/** Carries out the command of a number; the same number is the same command in every process. */
export function carryOut(
  ledger: Ledger,
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
  command: number,
): Promise<Outcome> {
  if (command >= CROWD_FROM) return toTheCrowd(ledger, command);
  if (command >= DRAFTS_FROM) return draft(ledger, command);
  return answer(ledger, people, purposes, command);
}

/** Each person is asked about each purpose, then everybody consents, then everybody withdraws. */
function answer(
  ledger: Ledger,
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
  command: number,
): Promise<Outcome> {
  const pairs = people.length * purposes.length;
  const pair = command % pairs;
  const person = people[pair % people.length]!;
  const purpose = purposes[Math.floor(pair / people.length)]!;
  const desk = new Desk(ledger, () => contextOf(command));
  switch (Math.floor(command / pairs)) {
    case 0:
      return desk.request(person, purpose);
    case 1:
      return desk.grant(person, purpose);
    default:
      return desk.withdraw(person, purpose);
  }
}

/** A purpose of its own, never published. */
function draft(ledger: Ledger, command: number): Promise<Outcome> {
  const purposeId = idOf(`purpose ${command}`);
  const content = PURPOSE_TEMPLATES['rehire']!;
  const drafted = {
    kind: 'DraftPurpose',
    purposeId,
    code: `draft-${command}`,
    content,
    ...noticeHashes(content),
  } as const;
  return handle(ledger, purposeDecider, purposeStream(purposeId), drafted, contextOf(command));
}

/** One stream that all of a crowd want to write to, each something else. */
function toTheCrowd(ledger: Ledger, command: number): Promise<Outcome> {
  const contactPoint = {
    name: { ja: `個人情報相談窓口${command}`, en: `Privacy desk ${command}` },
    email: `desk${command}@example.jp`,
  };
  const order = { kind: 'SetContactPoint', contactPoint } as const;
  return handle(ledger, companyDecider, COMPANY_STREAM, order, contextOf(command));
}

/** The same command has the same id and the same request in every process, as under an Idempotency-Key. */
function contextOf(command: number): CommandContext {
  return { ...systemContext('faults', idOf(`command ${command}`)), requestTag: `request ${command}` };
}

/** An id from a text: the same in every process. */
export function idOf(text: string): string {
  return uuidFromDigest(createHash('sha256').update(text).digest('hex'));
}
