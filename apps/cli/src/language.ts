/** Languages of messages. */
export type Language = 'ja' | 'en';

/** A text in both. */
export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

/**
 * The language of messages: what was asked for, else that of the terminal's locale, else English.
 *
 * @param wanted value of `--lang`
 */
export function languageOf(wanted: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (wanted === 'ja' || wanted === 'en') return wanted;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ja([_.-]|$)/i.test(locale) ? 'ja' : 'en';
}
