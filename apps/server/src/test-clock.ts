import { readFileSync, statSync } from 'node:fs';
import type { Clock } from '@enishi/application';
import { parseInstant } from '@enishi/domain';

/**
 * A clock that showed what a file says when the file was written, and has gone on since: the same in every process that
 * reads it. For trying out what time brings; development only. While the file is being written, the one before counts.
 *
 * @param file an instant, or a day: its beginning in Asia/Tokyo
 * @throws Error where the file cannot be read or holds neither
 */
export function testClock(file: string): Clock {
  const read = () => {
    const instant = parseInstant(readFileSync(file, 'utf8').trim());
    return instant === undefined ? undefined : Date.parse(instant) - statSync(file).mtimeMs;
  };
  let ahead = read();
  if (ahead === undefined)
    throw new Error('The file of ENISHI_TEST_CLOCK must hold an instant, e.g. 2026-11-21T06:04:05Z.');
  return { now: () => new Date(Date.now() + (ahead = read() ?? ahead)!).toISOString() };
}
