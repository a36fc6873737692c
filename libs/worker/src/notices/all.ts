import type { NoticeKind } from '@enishi/domain';
import { digest } from './digest';
import { evidenceWaits } from './evidence-waits';
import { holdReviewDue } from './hold-review-due';
import type { NoticeSource } from './notice';
import { retentionDue } from './retention-due';
import { requestAlarm } from './request-alarm';
import { reviewDue } from './review-due';

/** Every notice that is mailed to the company's own people. */
export const NOTICES: Readonly<Record<NoticeKind, NoticeSource>> = {
  'evidence-waits': evidenceWaits,
  'request-alarm': requestAlarm,
  'review-due': reviewDue,
  'hold-review-due': holdReviewDue,
  'retention-due': retentionDue,
  digest,
};
