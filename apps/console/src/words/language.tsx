import { createContext, use, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { fullDay, instantText, shortDay, type Language } from './dates';
import { en } from './english';
import { ja, type Words } from './words';

const CATALOGUES: Readonly<Record<Language, Words>> = { ja, en };
const KEY = 'enishi.language';

/** Texts, and how numbers and times are written, in the language chosen. */
export interface Speaking {
  readonly w: Words;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly number: (value: number) => string;
  readonly instant: (instant: string, toTheSecond?: boolean) => string;
  readonly day: (day: string) => string;
  readonly shortDay: (day: string) => string;
}

const Context = createContext<Speaking | undefined>(undefined);

/** Japanese first: English only where it was chosen or is the browser's own. */
function firstLanguage(): Language {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // Not remembered where storage is closed.
  }
  if (chosen === 'ja' || chosen === 'en') return chosen;
  return navigator.language.startsWith('en') ? 'en' : 'ja';
}

/** Gives everything below it the texts of the language chosen, which this browser remembers. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setChosen] = useState(firstLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const speaking = useMemo((): Speaking => {
    const numbers = new Intl.NumberFormat(language);
    return {
      w: CATALOGUES[language],
      language,
      setLanguage: (next) => {
        setChosen(next);
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // Not remembered where storage is closed.
        }
      },
      number: (value) => numbers.format(value),
      instant: (instant, toTheSecond) => instantText(instant, language, toTheSecond),
      day: (day) => fullDay(day, language),
      shortDay: (day) => shortDay(day, language),
    };
  }, [language]);

  return <Context value={speaking}>{children}</Context>;
}

/** The texts of the language chosen. @throws Error outside of {@link LanguageProvider} */
export function useWords(): Speaking {
  const speaking = use(Context);
  if (speaking === undefined) throw new Error('useWords outside of LanguageProvider');
  return speaking;
}
