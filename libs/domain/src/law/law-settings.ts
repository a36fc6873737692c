import type { Day, Decider, Fact, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import { textsFault } from '../texts';
import { dayStart, tokyoDay } from '../time';
import { lawNumber, lawVersion, settingAt, type LawSetting } from './law-number';
import type { LawCode } from './law-table';

/** From when it holds, and why: about the company's rule, never about a person. */
interface Setting {
  /** The first day, today or later; absent: today. */
  readonly from?: Day;
  readonly reason: string;
}

/** The company keeps something longer or shorter than the default, as far as the law lets it. */
export interface SetLawNumber extends Setting {
  readonly kind: 'SetLawNumber';
  readonly code: LawCode;
  readonly value: number;
}

/** How long one purpose's data stay after its consent, and how long its answer is waited for. */
export interface SetPurposePeriods extends Setting {
  readonly kind: 'SetPurposePeriods';
  readonly purposeId: string;
  readonly keepMonths: number;
  readonly answerDays: number;
}

export type LawCommand = SetLawNumber | SetPurposePeriods;
export type LawEvent = 'LawNumberSet' | 'PurposePeriodsSet';

/** What a company has set for a purpose, from a day on. */
export interface PurposePeriods {
  readonly purposeId: string;
  readonly keepMonths: number;
  readonly answerDays: number;
  readonly from: Day;
  readonly eventId: string;
}

/** What the company has set instead of defaults, in the order of recording. */
export interface LawSettings {
  readonly numbers: readonly LawSetting[];
  readonly purposes: readonly PurposePeriods[];
}

export const NOTHING_SET: LawSettings = { numbers: [], purposes: [] };

/** Rules of the stream `law`. */
export const lawDecider: Decider<LawCommand, LawSettings, LawEvent> = {
  initial: NOTHING_SET,

  decide(command, settings, { decidedAt }) {
    const today = tokyoDay(decidedAt);
    const from = command.from ?? today;
    if (from < today) return refuse('effective-in-past');
    const fault = valueFault(command, from) ?? reasonFault(command);
    if (fault !== undefined) return fault;
    if (standsAlready(command, from, settings)) return [];
    return [{ ...eventOf(command), effectiveAt: from === today ? decidedAt : dayStart(from) }];
  },

  evolve(settings, fact) {
    return fact.type === 'LawNumberSet'
      ? { ...settings, numbers: [...settings.numbers, settingOf(fact)] }
      : { ...settings, purposes: [...settings.purposes, periodsOf(fact)] };
  },
};

/** What holds for a purpose on a day; `undefined` where nothing is set for it. */
export function periodsAt(
  purposeId: string,
  at: Day,
  { purposes }: Pick<LawSettings, 'purposes'>,
): PurposePeriods | undefined {
  return purposes
    .filter((one) => one.purposeId === purposeId && one.from <= at)
    .reduce<PurposePeriods | undefined>(
      (latest, one) => (latest === undefined || one.from >= latest.from ? one : latest),
      undefined,
    );
}

function settingOf({ id, data, effectiveAt }: Fact<'LawNumberSet'>): LawSetting {
  return { code: data.code, value: data.value, from: tokyoDay(effectiveAt), eventId: id };
}

function periodsOf({ id, data, effectiveAt }: Fact<'PurposePeriodsSet'>): PurposePeriods {
  const { purposeId, keepMonths, answerDays } = data;
  return { purposeId, keepMonths, answerDays, from: tokyoDay(effectiveAt), eventId: id };
}

function eventOf(command: LawCommand): NewEvent<LawEvent> {
  const { reason } = command;
  if (command.kind === 'SetLawNumber') {
    const { code, value } = command;
    return { type: 'LawNumberSet', data: { code, value, reason } };
  }
  const { purposeId, keepMonths, answerDays } = command;
  return { type: 'PurposePeriodsSet', data: { purposeId, keepMonths, answerDays, reason } };
}

function valueFault(command: LawCommand, from: Day): Refusal | undefined {
  if (command.kind === 'SetLawNumber') return rangeFault(command.code, command.value, from);
  return (
    rangeFault('programme-keep', command.keepMonths, from) ??
    rangeFault('answer-wait', command.answerDays, from)
  );
}

function rangeFault(code: LawCode, value: number, from: Day): Refusal | undefined {
  const { least, most } = lawVersion(code, from);
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return refuse('law-number-out-of-range', { code, least, most });
}

function reasonFault({ reason }: Setting): Refusal | undefined {
  return reason.trim() === '' ? refuse('reason-required') : textsFault({ reason });
}

/** A default that nobody has set may be set to the same number: so it stays where the default changes. */
function standsAlready(command: LawCommand, from: Day, settings: LawSettings): boolean {
  if (command.kind === 'SetLawNumber') {
    const { code, value } = command;
    return (
      settingAt(code, from, settings.numbers)?.value === value &&
      lawNumber(code, from, settings.numbers) === value
    );
  }
  const standing = periodsAt(command.purposeId, from, settings);
  return standing?.keepMonths === command.keepMonths && standing.answerDays === command.answerDays;
}
