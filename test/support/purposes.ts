import {
  PURPOSE_TEMPLATES,
  purposeSchedule,
  type PurposeContent,
  type PurposeSchedule,
  type RevisionKind,
} from '@enishi/domain';
import { facts, type Given } from './scenario';

export type PurposeGiven = Given<
  'PurposeDrafted' | 'PurposePublished' | 'NoticePublished' | 'PurposeRetired'
>;

/** SHA-256 values stand for themselves in specs. */
export function noticeHash(version: number, language: 'ja' | 'en'): string {
  return `${language}${version}`.padEnd(64, '0');
}

/** A purpose that reads well and has no expiry unless asked for. */
export function purposeContent(changes: Partial<PurposeContent> = {}): PurposeContent {
  const { validityMonths: _, ...content } = PURPOSE_TEMPLATES['rehire']!;
  return { ...content, channels: ['email', 'phone'], ...changes };
}

/** A version drafted and published; `noticeAt` records its notice. */
export function version(
  number: number,
  revision: RevisionKind,
  effectiveAt: string,
  options: { noticeAt?: string; content?: Partial<PurposeContent>; purposeId?: string } = {},
): PurposeGiven[] {
  const purposeId = options.purposeId ?? 'p1';
  const data = { purposeId, version: number };
  const notice: PurposeGiven = {
    type: 'NoticePublished',
    id: `notice-${number}`,
    data: { ...data, method: 'website', proof: 'https://example.jp/alumni' },
    ...(options.noticeAt !== undefined && { effectiveAt: options.noticeAt }),
  };
  return [
    {
      type: 'PurposeDrafted',
      id: `draft-${number}`,
      data: {
        ...data,
        revision,
        code: 'rehire',
        content: purposeContent(options.content),
        noticeHashJa: noticeHash(number, 'ja'),
        noticeHashEn: noticeHash(number, 'en'),
      },
    },
    { type: 'PurposePublished', id: `published-${number}`, data: { ...data, revision }, effectiveAt },
    ...(options.noticeAt === undefined ? [] : [notice]),
  ];
}

/** The schedule of these versions. */
export function schedule(...given: readonly PurposeGiven[]): PurposeSchedule {
  return purposeSchedule(facts(given))!;
}
