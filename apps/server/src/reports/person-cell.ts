import type { Bilingual } from '@enishi/domain';
import { contactTexts, evidenceTexts, nameText, type Personal } from '../exports/personal-table';
import type { ReportColumn } from './report';

/** The columns with room for a person's lines in one of them: an id fits its width, an address may not. */
export function withPeople(
  columns: readonly ReportColumn<Bilingual>[],
  at: number,
): readonly ReportColumn<Bilingual>[] {
  return columns.map(({ whole, ...column }, index) => ({
    ...column,
    ...(whole === true && index !== at && { whole }),
  }));
}

/** Who somebody is, as far as the report tells: name and kana on one line, the id last. */
export function personCell({ person }: Personal<object>, alumnusId: string): string {
  if (person === undefined) return alumnusId;
  const { name, kana, employeeNumber } = person;
  const called = [nameText(name), nameText(kana)].filter(isThere).join(' / ');
  return [called, employeeNumber, ...contactTexts(person), alumnusId].filter(isThere).join('\n');
}

const isThere = (text: string | undefined): text is string => text !== undefined && text !== '';

/** What was written as evidence, where the report tells it. */
export function evidenceLines({ evidence }: Personal<object>): readonly string[] {
  return evidence === undefined ? [] : evidenceTexts(evidence);
}
