import type { Language } from '@enishi/domain';
import type { Report } from './report';

const WORDS = {
  ja: { lines: '行数', people: '本人の数', locale: 'ja-JP' },
  en: { lines: 'Lines', people: 'People', locale: 'en' },
} as const;

/** How many lines, about how many people, of what: the totals of a report. */
export function countsOf(
  language: Language,
  lines: readonly { readonly what: string; readonly alumnusId: string | undefined }[],
): Report['totals'] {
  const { lines: linesWord, people: peopleWord, locale } = WORDS[language];
  const text = (count: number): string => count.toLocaleString(locale);
  const people = new Set(lines.flatMap(({ alumnusId }) => alumnusId ?? []));
  const kinds = new Map<string, number>();
  for (const { what } of lines) kinds.set(what, (kinds.get(what) ?? 0) + 1);
  return [
    [linesWord, text(lines.length)],
    [peopleWord, text(people.size)],
    ...[...kinds].toSorted(([, a], [, b]) => b - a).map(([what, count]) => [what, text(count)] as const),
  ];
}
