import type { DecideRequest } from '@enishi/domain';
import { instantOf } from '../instants';
import { plain } from '../plain';
import type { DecideRequestDto } from './request-answers.dto';

/** A decision as the rules take it; a day until which it is deferred is the last one. @throws ProblemError 400 */
export function decisionOf(body: DecideRequestDto, at = ''): Omit<DecideRequest, 'asking'> {
  const { decision, refusalGround, deferredUntil, deferredUnder, reason, substitute } = plain(body);
  return {
    kind: 'DecideRequest',
    decision,
    reason,
    ...(refusalGround !== undefined && { refusalGround }),
    ...(deferredUntil !== undefined && {
      deferredUntil: instantOf(deferredUntil, `${at}deferredUntil`, 'end'),
    }),
    ...(deferredUnder !== undefined && { deferredUnder }),
    ...(substitute !== undefined && { substitute }),
  };
}
