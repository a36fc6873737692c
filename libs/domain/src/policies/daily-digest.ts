import { addDays, dayStart, tokyoDay } from '../time';
import type { Policy } from './policy';

/**
 * On the day after work has come up the officer is told what waits, and on the day after that again, as long as something
 * does: each mail that was sent waits for the next day itself. Where nothing waits none is sent, and no day begins for it.
 */
export const dailyDigest: Policy = {
  name: 'daily-digest',
  start: 'head',
  handles: [
    'ConsentsImportCompleted',
    'DigestSent',
    'ErasureProposed',
    'ExportCompleted',
    'ExportRequested',
    'LeaversImportCompleted',
    'LetterIssued',
    'LetterNotDelivered',
    'PolicyCommandRefused',
    'RecipientNoticeFellDue',
    'RequestComplained',
    'RequestDecided',
    'RequestExecuted',
    'RequestIdentityChecked',
    'RequestLetterIssued',
    'RequestReceived',
    'RequestResumed',
    'RequestTaskOpened',
  ],
  dueAt: ({ decidedAt }) => dayStart(addDays(tokyoDay(decidedAt), 1)),
  react: () => [{ command: { kind: 'QueueDigest' }, discriminator: 'digest' }],
};
