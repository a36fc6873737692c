const TOKYO = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/**
 * An instant as people in Japan read it, to the millisecond: `2026-11-21 20:01:15.566 JST`. Under `--json` instants stay
 * as the server gives them.
 */
export function when(instant: string | undefined): string {
  if (instant === undefined) return '';
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  const milliseconds = String(time % 1000).padStart(3, '0');
  return `${TOKYO.format(time)}.${milliseconds} JST`;
}
