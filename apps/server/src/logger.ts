import { pino, type DestinationStream, type Logger } from 'pino';
import { describe } from './problem.filter';

/**
 * Structured logs on standard output, or to `destination`. Of an error come its name, code and frames: a database
 * puts values into its message and hangs its whole client on it. What is logged is chosen field by field; the redaction is the second
 * line of defence for headers and bodies that must never be here.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'enishi' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => (error instanceof Error ? describe(error) : {}) },
    redact: {
      paths: ['*.headers', '*.body', '*.query', '*.authorization', '*.cookie', '*.password'],
      remove: true,
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
