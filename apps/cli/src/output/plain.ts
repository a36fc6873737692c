/** Control characters, and those that turn the direction of text: in a name they could drive the terminal. */
const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A value as it may be shown on a terminal, on one line. */
export function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(DANGEROUS, '\ufffd');
}
