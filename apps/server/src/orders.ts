import type { FastifyRequest } from 'fastify';
import type { Orders } from '@enishi/access';
import { createdId, type Answered } from '@enishi/application';
import { commandRequestOf, contextOf } from './command';
import type { Infrastructure } from './infrastructure';
import { ProblemError, type Problem } from './problem';
import { problemOf } from './problem.filter';

/**
 * Orders under an Idempotency-Key, by the rule of commands: the key is claimed before the work, the answer or the
 * refusal (422) is kept before it leaves, and the first one stands. Any other failure is not kept: a repeat tries
 * again.
 */
export function ordersOf({ vault, ledger: { answers } }: Pick<Infrastructure, 'vault' | 'ledger'>): Orders {
  return {
    async once(request, work, { kept, body } = {}) {
      const asked = commandRequestOf(request as FastifyRequest);
      const { commandId, requestTag } = contextOf(vault, body === undefined ? asked : { ...asked, body });
      const orderId = createdId(commandId, 'order');
      if (requestTag === undefined) return work(orderId);
      const claim = () => answers.claim<Answered>(commandId, requestTag);
      const known = await claim();
      if (known !== undefined) return repeated(known);
      try {
        const answer = await work(orderId);
        const first = await answers.save(commandId, answered(kept === undefined ? answer : kept(answer)));
        // Somebody with the same key was faster: both are told the same.
        return first ? answer : repeated((await claim())!);
      } catch (error) {
        const { problem } = problemOf(error);
        if (problem.status === 422)
          await answers.save(commandId, { kind: 'problem', json: JSON.stringify(problem) });
        throw error;
      }
    },
  };
}

function answered(answer: unknown): Answered {
  return { kind: 'answered', json: JSON.stringify(answer ?? null) };
}

/** What was kept, as it was answered. @throws ProblemError where that was a refusal */
function repeated<T>({ kind, json }: Answered): T {
  if (kind === 'answered') return (JSON.parse(json) ?? undefined) as T;
  const { type: _, title, status, code, ...extensions } = JSON.parse(json) as Problem;
  throw new ProblemError(status, code, title, extensions);
}
