import { randomUUID } from 'node:crypto';
import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';
import type { HttpRequest } from './http';

/** Nest injection token of {@link Orders}. */
export const ORDERS = Symbol('orders');

/** The header under which a command or an order happens once. */
export const IDEMPOTENCY_KEY: ApiHeaderOptions = {
  name: 'Idempotency-Key',
  description: 'A repeat with the same key and body changes nothing and gets the first answer; kept 30 days',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** Notes the header on a route whose handler goes through {@link Orders}. */
export const OncePerKey = (): MethodDecorator => ApiHeader(IDEMPOTENCY_KEY);

export interface OrderOptions<T> {
  /** What of the answer is kept for repeats: no secret and nothing about a person. All of it where absent. */
  readonly kept?: (answer: T) => T;
  /** What stands for the body where that is a stream of bytes: their hash. */
  readonly body?: string;
}

/** Carries out what is no command on the ledger: accounts, tokens, files, work for operators. The application brings it. */
export interface Orders {
  /**
   * Does the work, once for each Idempotency-Key; a repeat gets what was kept of the first answer, or the refusal.
   * @param work is told an id that is the same for every repeat; what it makes under that id is made once, also
   *   where two requests race or the first was cut off before its answer was kept
   */
  once<T>(
    request: HttpRequest | object,
    work: (orderId: string) => Promise<T>,
    options?: OrderOptions<T>,
  ): Promise<T>;
}

/** Knows no keys: where there is nothing to keep answers in. */
export const AT_ONCE: Orders = { once: (_request, work) => work(randomUUID()) };
