import { consentExpiry } from './consent-expiry';
import { dailyDigest } from './daily-digest';
import { evidenceWaits } from './evidence-waits';
import { holdReviewApproaches, holdReviewOverdue } from './hold-reviews';
import { letters } from './letters';
import type { Policy } from './policy';
import { retentionDue } from './retention-due';
import { tellRecipients } from './tell-recipients';
import { publicationNotices } from './publication-notices';
import { requestDue, requestReminder } from './request-alarms';
import { requestReplies } from './request-replies';
import { reviewApproaches, reviewOverdue } from './review-reminders';

/** Every policy that the reactor runs. */
export const POLICIES: readonly Policy[] = [
  consentExpiry,
  evidenceWaits,
  letters,
  dailyDigest,
  tellRecipients,
  publicationNotices,
  reviewApproaches,
  reviewOverdue,
  holdReviewApproaches,
  holdReviewOverdue,
  retentionDue,
  requestReminder,
  requestDue,
  requestReplies,
];
