import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger } from 'pino';
import { describe } from './described-error';
import { limited } from './repeated-lines';
import { activeTraceId } from './tracing/spans';
import { VERSION } from './version';

/** The request that is being worked for; its id is the `$correlationId` of the events it writes. */
const request = new AsyncLocalStorage<string>();

/** Runs `work`, and all that follows from it, with the id of a request in each line of the log. */
export function correlated<T>(correlationId: string, work: () => T): T {
  return request.run(correlationId, work);
}

/**
 * Structured logs on standard output, or to `destination`: each line with the program's version, the process's roles
 * and, where it is about a request, its correlation id and, where spans are exported, the id of the trace. Of an error come its name, code and frames: a database
 * puts values into its message and hangs its whole client on it. What is logged is chosen field by field; the redaction is the second
 * line of defence for headers and bodies that must never be here.
 */
export function createLogger(
  level: string,
  roles: readonly string[] = [],
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: { service: 'enishi', version: VERSION, roles },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const correlationId = request.getStore();
      const traceId = activeTraceId();
      return {
        ...(correlationId !== undefined && { correlationId }),
        ...(traceId !== undefined && { traceId }),
      };
    },
    // What a line says itself about its request stands.
    mixinMergeStrategy: (own: object, mixed: object) => ({ ...mixed, ...own }),
    hooks: { logMethod: limited() },
    serializers: { err: (error: unknown) => (error instanceof Error ? describe(error) : {}) },
    redact: {
      paths: ['*.headers', '*.body', '*.query', '*.authorization', '*.cookie', '*.password'],
      remove: true,
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
