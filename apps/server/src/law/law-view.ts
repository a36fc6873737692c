import {
  DOCUMENT_CODES,
  documentRow,
  LAW,
  LAW_CODES,
  lawNumber,
  lawVersion,
  periodsAt,
  settingAt,
  type Day,
  type LawSettings,
} from '@enishi/domain';
import type { LawAnswer, LawNumberAnswer, PurposePeriodsAnswer, RetentionRowAnswer } from './law.answers.dto';

/** The rule table as it holds on a day. */
export function lawView(settings: LawSettings, day: Day): LawAnswer {
  const numbers = LAW_CODES.map((code): LawNumberAnswer => {
    const { rule, law, unit } = LAW[code];
    const { value, least, most, from } = lawVersion(code, day);
    const holds = lawNumber(code, day, settings.numbers);
    const set = settingAt(code, day, settings.numbers);
    return {
      ...{ code, rule, law, unit, value: holds, default: value, least, most, from },
      ...(set?.value === holds && { setBy: set.eventId }),
    };
  });
  const schedule = DOCUMENT_CODES.map((code): RetentionRowAnswer => {
    const { document, number, anchor, orLater, here } = documentRow(code);
    return { code, document, number, anchor, ...(orLater && { orLater }), here: here === true };
  });
  const purposeIds = new Set(settings.purposes.map(({ purposeId }) => purposeId));
  const purposes = [...purposeIds].flatMap((purposeId): PurposePeriodsAnswer[] => {
    const set = periodsAt(purposeId, day, settings);
    if (set === undefined) return [];
    const { keepMonths, answerDays, from, eventId } = set;
    return [{ purposeId, keepMonths, answerDays, from, setBy: eventId }];
  });
  return { day, numbers, schedule, purposes };
}
