import type { Language } from '@enishi/domain';
import { markup, Markup } from './markup';
import { PAGE_STYLE } from './style';

/** A page that stands without the console and without scripts. */
export interface Page {
  readonly language: Language;
  /** Its heading too. */
  readonly title: string;
  /** Whose page it is. */
  readonly company?: string;
  /** Where the same page stands in the other language, e.g. `?lang=en`. */
  readonly other?: string;
  /** What follows the heading. */
  readonly body: Markup;
  /** What stands at the end, smaller. */
  readonly foot?: Markup;
}

/** What every such page is sent with: nothing is loaded, nothing runs, nothing frames it. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
} as const;

/** The other language, as the link to it is labelled. */
const OTHERS = { ja: { tag: 'en', name: 'English' }, en: { tag: 'ja', name: '日本語' } } as const;
const LANGUAGES = { ja: '言語', en: 'Language' } as const;

/** The whole document. */
export function pageOf(page: Page): string {
  const { language, title, company, body, foot } = page;
  const ending = company === undefined ? '' : ` · ${company}`;
  return markup`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}${ending}</title><style>${new Markup(PAGE_STYLE)}</style></head>
<body>
${topOf(page)}
<main>
<h1>${title}</h1>
${body}
</main>
${foot && markup`<footer class="foot">${foot}</footer>`}
</body></html>
`.text;
}

function topOf({ language, company, other }: Page): Markup | undefined {
  if (company === undefined && other === undefined) return undefined;
  const { tag, name } = OTHERS[language];
  const link =
    other !== undefined &&
    markup`<nav aria-label="${LANGUAGES[language]}"><a href="${other}" lang="${tag}" hreflang="${tag}">${name}</a></nav>`;
  return markup`<header class="top"><p>${company ?? ''}</p>${link}</header>`;
}
