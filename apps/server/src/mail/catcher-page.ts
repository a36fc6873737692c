import { inTokyo } from '../reports/report';
import type { CaughtLetter } from './catcher';

type Named = CaughtLetter & { readonly name: string };

const STYLE = `:root{color-scheme:light dark;--line:#8a8fa366;--dim:#6b7080}
@media(prefers-color-scheme:dark){:root{--dim:#a2a7b8}}
*{box-sizing:border-box}
body{font:16px/1.7 system-ui,"Noto Sans JP",sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.375rem;line-height:1.4;margin:0}.lead{margin:.25rem 0 1.5rem;color:var(--dim)}
details{border:1px solid var(--line);border-radius:8px;margin:.75rem 0;overflow:hidden}
summary{cursor:pointer;padding:.75rem 1rem;list-style:none}summary::-webkit-details-marker{display:none}
summary:hover{background:#8a8fa31a}summary:focus-visible,a:focus-visible{outline:2px solid #2f6fed;outline-offset:-2px}
summary b{display:block;font-weight:600;overflow-wrap:anywhere}
summary span{display:flex;flex-wrap:wrap;gap:0 1rem;color:var(--dim);font-size:.875rem}
details[open] summary{border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1rem;margin:0;padding:.75rem 1rem;font-size:.875rem}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0;padding:.75rem 1rem;border-top:1px solid var(--line)}
.empty{border:1px dashed var(--line);border-radius:8px;padding:1.5rem 1rem;text-align:center;color:var(--dim)}`;

/** The page of what was caught, the newest first and open. Everything that came with a letter is escaped. */
export function catcherPage(letters: readonly Named[]): string {
  const shown = letters.map((letter, index) => letterOf(letter, index === 0)).join('\n');
  const empty = `<p class="empty">まだメールはありません。送られるはずだったメールがここに並びます。<br>
<span lang="en">No mail yet. What would have been sent is listed here.</span></p>`;
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>開発用メール · Enishi</title><style>${STYLE}</style></head><body><main>
<h1>開発用メール</h1>
<p class="lead">送信されずにここで止まったメール（新しい 100 通）。<span lang="en">Mail that went no further.</span></p>
${letters.length === 0 ? empty : shown}
</main></body></html>
`;
}

function letterOf(letter: Named, open: boolean): string {
  const { subject, to, replyTo, text, caughtAt, messageId, attachments = [], name } = letter;
  const at = `<time datetime="${escaped(caughtAt)}">${escaped(inTokyo(caughtAt))}</time>`;
  const count = attachments.length === 0 ? '' : `<span>添付 ${attachments.length} 件</span>`;
  const files = attachments.map((file, index) => {
    const size = Math.ceil((file.base64.length * 3) / 4 / 1024);
    return `<a href="/dev-mail/${name}/${index}">${escaped(file.name)}</a>（${size} KiB）`;
  });
  const rows = [
    ['宛先', escaped(to)],
    ...(replyTo === undefined ? [] : [['返信先', escaped(replyTo)]]),
    ...(files.length === 0 ? [] : [['添付', files.join('<br>')]]),
    ['Message-ID', escaped(messageId)],
  ];
  const told = rows.map(([label, value]) => `<dt>${label!}</dt><dd>${value!}</dd>`).join('');
  return `<details${open ? ' open' : ''}><summary><b>${escaped(subject)}</b><span>${at}<span>${escaped(to)}</span>${count}</span></summary>
<dl>${told}</dl><pre>${escaped(text)}</pre></details>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
