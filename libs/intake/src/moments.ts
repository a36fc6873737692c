import { dayStart, parseInstant, type Instant } from '@enishi/domain';
import { readDay, type DayFault } from './days';

const WITH_TIME = /^(\S+?)[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * Reads when something was said: a day as {@link readDay} reads it, which counts from its beginning in Asia/Tokyo; a
 * day and a time of day there; or an instant with its zone (RFC 3339).
 */
export function readMoment(text: string): Instant | { readonly fault: DayFault } {
  const plain = text.normalize('NFKC').trim();
  const instant = plain.includes('T') ? parseInstant(plain) : undefined;
  if (instant !== undefined) return instant;
  const [, date = plain, hour, minute, second = '00'] = WITH_TIME.exec(plain) ?? [];
  const day = readDay(date);
  if (typeof day !== 'string' || hour === undefined) return typeof day === 'string' ? dayStart(day) : day;
  return parseInstant(`${day}T${hour.padStart(2, '0')}:${minute}:${second}`) ?? { fault: 'date-unreadable' };
}
