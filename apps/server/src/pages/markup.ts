/** Markup that may stand in a page as it is: its values are escaped already. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand between the parts of a template. */
type Shown = string | number | Markup | readonly Markup[] | undefined | false;

/**
 * Markup around values. A value is text and is escaped, attributes included, unless it is markup itself or a list of it;
 * what is `undefined` or `false` leaves nothing.
 *
 * @example markup`<p title="${title}">${text}</p>`
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Shown[]): Markup {
  return new Markup(parts.map((part, index) => part + written(values[index])).join(''));
}

/** Text with lines of its own: an empty line parts paragraphs, any other stays a line. */
export function paragraphs(text: string): readonly Markup[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .filter((one) => one.trim() !== '')
    .map((one) => markup`<p>${lines(one.trim())}</p>`);
}

function lines(text: string): readonly Markup[] {
  return text.split(/\r?\n/).map((line, index) => (index === 0 ? markup`${line}` : markup`<br>${line}`));
}

function written(value: Shown): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
