import { useQuery } from '@tanstack/react-query';
import type { RequestChoices, RequestLine } from '../api/request-contract';
import type { Language } from '../words/dates';
import { useWords } from '../words/language';
import type { Choice } from './form-fields';
import { requestChoicesQuery } from './queries';

/** The words of the desk, as the server has them, in the language chosen. A code it does not know stands for itself. */
export interface DeskWords {
  readonly choices: RequestChoices | undefined;
  readonly kind: (code: string) => string;
  readonly of: (list: keyof RequestChoices['words'], code: string) => string;
  readonly document: (code: string) => string;
  /** Whoever works at the desk, by account. */
  readonly clerk: (accountId: string) => string;
}

/** @param choices undefined until the server has answered */
export function deskWords(choices: RequestChoices | undefined, language: Language): DeskWords {
  return {
    choices,
    kind: (code) => choices?.kinds.find(({ kind }) => kind === code)?.title[language] ?? code,
    of: (list, code) => choices?.words[list][code]?.[language] ?? code,
    document: (code) => choices?.documents.find((one) => one.code === code)?.title[language] ?? code,
    clerk: (accountId) =>
      choices?.clerks.find((one) => one.accountId === accountId)?.name ?? accountId.slice(0, 8),
  };
}

export function useDeskWords(): DeskWords {
  const { language } = useWords();
  const { data } = useQuery(requestChoicesQuery);
  return deskWords(data, language);
}

/** Codes of a list as choices of a form. */
export function choicesOf(
  words: DeskWords,
  list: keyof RequestChoices['words'],
  codes: readonly string[] = Object.keys(words.choices?.words[list] ?? {}),
): readonly Choice[] {
  return codes.map((value) => ({ value, label: words.of(list, value) }));
}

/** Whoever works at the desk, as choices of a form. */
export function clerkChoices({ choices, clerk }: DeskWords): readonly Choice[] {
  return (choices?.clerks ?? []).map(({ accountId }) => ({ value: accountId, label: clerk(accountId) }));
}

/** The number that a person is told: the beginning of the id. */
export function numberOf({ requestId }: Pick<RequestLine, 'requestId'>): string {
  return requestId.slice(0, 8);
}
