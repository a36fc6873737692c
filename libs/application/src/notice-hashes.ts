import { createHash } from 'node:crypto';
import type { PurposeContent } from '@enishi/domain';

/** SHA-256 (hex) of each notice text, in UTF-8: what a consent names as the text that was shown. */
export function noticeHashes({ notice }: PurposeContent): { noticeHashJa: string; noticeHashEn: string } {
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  return { noticeHashJa: hash(notice.ja), noticeHashEn: hash(notice.en) };
}
