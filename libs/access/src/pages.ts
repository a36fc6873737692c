/** The few pages this room writes itself: they must stand without the console, and without scripts. */

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1f2a;--paper:#fff;--line:#8a8fa3;--accent:#2f3e8f;--on:#fff;--warn:#8a4b00}
@media (prefers-color-scheme:dark){:root{--ink:#eceef5;--paper:#14161f;--accent:#aab6ff;--on:#14161f;--warn:#ffb454}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 system-ui,"Noto Sans JP",sans-serif}
main{max-width:32rem;margin:8vh auto;padding:0 1rem}
h1{font-size:1.25rem;line-height:1.4;margin:0 0 .5rem}
.note{border-left:4px solid var(--warn);padding:.25rem .75rem;margin:1rem 0}
a{color:var(--accent)}
ul{list-style:none;padding:0;margin:1rem 0}
li{margin:.5rem 0}
button{width:100%;min-height:44px;padding:.5rem .75rem;text-align:left;font:inherit;color:inherit;background:none;
border:1px solid var(--line);border-radius:6px;cursor:pointer}
button:hover{border-color:var(--accent)}
a:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.role{display:block;font-size:.875rem}`;

/** What every such page is sent with: nothing is loaded, nothing runs, nothing frames it, nothing is kept. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A whole page. @param body HTML whose values are escaped already */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main>
${body}
</main></body></html>
`;
}

/** Text as it may stand in HTML, attributes included. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const SIGN_IN_PROBLEMS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  'account-unknown': [
    'このアカウントには利用権限がありません。運用の担当者に、利用登録を依頼してください。',
    'You are signed in with your identity provider, but no access was granted to you here. Ask whoever operates this server.',
  ],
  'too-many-attempts': [
    '失敗が続いたため、しばらく受け付けません。1分ほど待ってからお試しください。',
    'Too many failed attempts. Wait a minute, then try again.',
  ],
  'identity-provider-unavailable': [
    '認証サーバーに接続できません。しばらく待ってからお試しください。',
    'The identity provider does not answer. Try again in a while.',
  ],
  'sign-in-failed': [
    'サインインを完了できませんでした。時間が空いたか、別の画面で始めた可能性があります。',
    'The sign-in could not be completed. It took too long, or was begun in another window.',
  ],
};

/** Said to a browser whose sign-in failed. @param code a stable code; unknown ones get the general text */
export function signInProblemPage(code: string): string {
  const [ja, en] = SIGN_IN_PROBLEMS[code] ?? SIGN_IN_PROBLEMS['sign-in-failed']!;
  return page(
    'サインインできません · Sign-in failed',
    `<h1>サインインできません <span lang="en">· Sign-in failed</span></h1>
<p>${ja}</p>
<p lang="en">${en}</p>
<p><a href="/auth/login">もう一度サインインする <span lang="en">· Sign in again</span></a></p>
<p><small>${escaped(code)}</small></p>`,
  );
}
