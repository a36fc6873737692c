import type { WorkSource } from '../work-source';
import { accountsToReview } from './accounts';
import { erasuresStuck, erasuresToApprove, holdsToReview, retentionDue } from './erasures';
import { exportsToApprove, exportsToHandOver } from './exports';
import { rulesToReview } from './governance';
import { lettersNotDelivered, lettersToPost } from './letters';
import { clockAhead, mailStuck, policiesParked, viewsParked } from './operations';
import { duplicatesToJudge, evidenceToApprove } from './people';
import { recipientsToAssess, recipientsToTell } from './recipients';
import {
  requestsDeferred,
  requestsToCarryOut,
  requestsToDecide,
  requestsToIdentify,
  requestsToNotify,
  requestTasks,
} from './requests';

/** Everything that may wait for somebody, in the order in which it is listed. */
export const WORK_SOURCES: readonly WorkSource[] = [
  requestsToIdentify,
  requestsToDecide,
  requestsToCarryOut,
  requestsToNotify,
  requestTasks,
  requestsDeferred,
  exportsToApprove,
  erasuresToApprove,
  evidenceToApprove,
  accountsToReview,
  rulesToReview,
  retentionDue,
  holdsToReview,
  exportsToHandOver,
  lettersToPost,
  lettersNotDelivered,
  duplicatesToJudge,
  recipientsToTell,
  recipientsToAssess,
  clockAhead,
  viewsParked,
  policiesParked,
  erasuresStuck,
  mailStuck,
];
