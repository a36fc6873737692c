import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Infrastructure } from './infrastructure';
import { ProblemError } from './problem';
import { INFRASTRUCTURE } from './tokens';

const POSITION = /^\d{1,19}$/;

/** Reading one's own writes: a query that names a ledger position waits until its view has passed it. */
@Injectable()
export class ViewReads {
  /** Views known to be of this version; a running program never goes back. */
  private readonly current = new Set<string>();

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /**
   * Refuses a view that an older version of the program made, then waits, at most five seconds, for the position
   * in the header `Enishi-Position`.
   * @throws ProblemError 503 `view-rebuilding`, 503 `view-behind`, 503 `view-parked`, 400 for a header that is no position
   */
  async caughtUp(request: FastifyRequest, view: string, alumnusId?: string): Promise<void> {
    await this.ofThisVersion(view);
    const header = request.headers['enishi-position'];
    if (header === undefined) return;
    if (typeof header !== 'string' || !POSITION.test(header)) {
      throw new ProblemError(
        400,
        'position-not-valid',
        'Enishi-Position must be a position that a command answered',
      );
    }
    await this.passed(view, BigInt(header), alumnusId);
  }

  /**
   * Waits, at most five seconds, until the view has passed a position.
   * @throws ProblemError 503 `view-rebuilding`, 503 `view-behind`, 503 `view-parked`
   */
  async passed(view: string, position: bigint, alumnusId?: string): Promise<void> {
    await this.ofThisVersion(view);
    const scopes = alumnusId === undefined ? [] : [{ kind: 'alumnus' as const, id: alumnusId }];
    const answer = await this.infrastructure.views.waitFor(view, position, 5000, scopes);
    if (answer === 'ok') return;
    const title =
      answer === 'view-behind'
        ? 'The view has not caught up yet: try again'
        : 'This part of the view is parked';
    throw new ProblemError(503, answer, title, {}, { 'retry-after': '2' });
  }

  /** Such a view stands still until the new one is built beside it: it would show people who have withdrawn. */
  private async ofThisVersion(view: string): Promise<void> {
    if (this.current.has(view)) return;
    const status = (await this.infrastructure.views.status()).find(({ name }) => name === view);
    if (status !== undefined && status.servingVersion === status.version) {
      this.current.add(view);
      return;
    }
    const title = 'This view is being built for this version of the program: try again';
    throw new ProblemError(503, 'view-rebuilding', title, {}, { 'retry-after': '5' });
  }
}
