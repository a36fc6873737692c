import type { Fact, Instant } from '../kernel';
import type { Policy, PolicyName } from './policy';

/** Some days before its alarm, the officer is told of a request that is open; of one that was paused then, once it goes on. */
export const requestReminder = alarm('request-reminder', ['RequestReceived', 'RequestResumed'], (fact) => {
  if (fact.type === 'RequestResumed') return fact.decidedAt;
  return fact.type === 'RequestReceived' ? fact.data.remindAt : undefined;
});

/** The officer is told when the alarm rings (APPI 39(1)), a deferral is over (35) or a task is past its day. */
export const requestDue = alarm(
  'request-due',
  ['RequestReceived', 'RequestDecided', 'RequestTaskOpened'],
  (fact) => {
    if (fact.type === 'RequestDecided') return fact.data.deferredUntil;
    return fact.type === 'RequestReceived' || fact.type === 'RequestTaskOpened' ? fact.data.dueAt : undefined;
  },
);

/** What it orders says how the request stands when it is sent, and is dropped where all has been done. */
function alarm(
  name: PolicyName,
  handles: Policy['handles'],
  dueAt: (fact: Fact) => Instant | undefined,
): Policy {
  return {
    name,
    start: 'beginning',
    handles,
    dueAt,
    react({ id, data }) {
      const { requestId: aboutId } = data as { readonly requestId: string };
      return [{ command: { kind: 'QueueNotice', notice: 'request-alarm', aboutId }, discriminator: id }];
    },
  };
}
