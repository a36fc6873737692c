import { readPem, StampFault } from '@enishi/timestamping';
import { Malformed, readNoteKey, type NoteKey } from '@enishi/transparency';
import { Unreadable, verifyBundle, type Language, type Options } from '@enishi/verification';
import { BROWSER, sourceOf } from './browser';
import { resultOf, type Checked } from './result';
import { WORDS, type Word } from './words';

const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const [form, drop, chosen, key, since, witnesses, authorities] = [
  byId<HTMLFormElement>('form'),
  byId('drop'),
  byId<HTMLInputElement>('bundle'),
  byId<HTMLInputElement>('key'),
  byId<HTMLInputElement>('since'),
  byId<HTMLTextAreaElement>('witnesses'),
  byId<HTMLInputElement>('authorities'),
];
const [start, progress, bar, result] = [
  byId<HTMLButtonElement>('start'),
  byId('progress'),
  byId<HTMLProgressElement>('bar'),
  byId('result'),
];

let language: Language = 'ja';
/** The result shown, or the word said instead. */
let shown: Checked | Word | undefined;

/** Puts everything into the language. */
function show(): void {
  document.documentElement.lang = language;
  document.title = WORDS.page[language];
  for (const place of document.querySelectorAll<HTMLElement>('[data-word]'))
    place.textContent = WORDS[place.dataset['word'] as Word][language];
  const other = byId('language');
  other.textContent = language === 'ja' ? 'English' : '日本語';
  other.lang = language === 'ja' ? 'en' : 'ja';
  if (shown === undefined) result.replaceChildren();
  else if (typeof shown === 'string') result.replaceChildren(said(shown));
  else result.replaceChildren(...resultOf(shown, language, () => window.print()));
}

function said(word: Word): HTMLElement {
  const text = document.createElement('p');
  text.className = 'problem';
  text.textContent = WORDS[word][language];
  return text;
}

/** The key that was pasted in. @throws Malformed */
function givenKey(): { readonly key?: NoteKey } {
  const line = key.value.trim();
  return line === '' ? {} : { key: readNoteKey(line, BROWSER.hash) };
}

/** The witnesses' keys, one on each line. @throws Malformed */
function givenWitnesses(): { readonly witnesses?: readonly NoteKey[] } {
  const lines = witnesses.value.split(/\s+/).filter((line) => line !== '');
  return lines.length === 0
    ? {}
    : { witnesses: lines.map((line) => readNoteKey(line, BROWSER.hash, 'cosignature')) };
}

/** The certificates of a file. @throws StampFault where it has none */
async function givenAuthorities(): Promise<Pick<Options, 'authorities'>> {
  const file = authorities.files?.[0];
  return file === undefined ? {} : { authorities: readPem(await file.text()) };
}

async function verify(file: File): Promise<Checked> {
  const kept = since.files?.[0];
  const report = await verifyBundle(sourceOf(file), BROWSER, {
    ...givenKey(),
    ...givenWitnesses(),
    ...(await givenAuthorities()),
    ...(kept !== undefined && { since: await kept.text() }),
    onProgress: (read, of) => (bar.value = read / of),
  });
  return { report, file: file.name, at: new Date() };
}

/** Why there is no result. */
function problemOf(error: unknown): Word {
  if (error instanceof Malformed) return 'key_malformed';
  if (error instanceof StampFault) return 'certificate_malformed';
  if (error instanceof Unreadable || error instanceof DOMException) return 'unreadable';
  throw error;
}

async function run(): Promise<void> {
  const file = chosen.files?.[0];
  start.disabled = true;
  progress.hidden = file === undefined;
  bar.value = 0;
  shown = undefined;
  show();
  try {
    shown = file === undefined ? 'none' : await verify(file);
  } catch (error) {
    shown = problemOf(error);
  } finally {
    start.disabled = false;
    progress.hidden = true;
    show();
    result.focus();
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
byId('language').addEventListener('click', () => {
  language = language === 'ja' ? 'en' : 'ja';
  show();
});
// Anywhere on the page: a file that misses the frame would otherwise be opened instead of the page.
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragenter' || name === 'dragover');
    if (name !== 'drop' || event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    chosen.files = event.dataTransfer.files;
    void run();
  });
}
show();
