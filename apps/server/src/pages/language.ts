import type { Language } from '@enishi/domain';

/**
 * The language of a page: what was asked for, else the one that the browser would rather have, else Japanese.
 * @param accepted the header `Accept-Language`
 */
export function wantedLanguage(asked: Language | undefined, accepted = ''): Language {
  return asked ?? (weightOf('en', accepted) > weightOf('ja', accepted) ? 'en' : 'ja');
}

/** How much a language is wanted, 0 to 1 (RFC 9110, 12.5.4). */
function weightOf(language: Language, accepted: string): number {
  const weights = accepted.split(',').flatMap((range) => {
    const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/);
    if (tag.toLowerCase().split('-')[0] !== language) return [];
    const q = parameters.find((one) => one.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    return weight >= 0 && weight <= 1 ? [weight] : [];
  });
  return Math.max(0, ...weights);
}
