import { pino, type Logger } from 'pino';

/**
 * Structured logs on standard output. What is logged is chosen field by field; the redaction is the second
 * line of defence for headers and bodies that must never be here.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: { service: 'enishi' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        '*.headers',
        '*.body',
        '*.query',
        '*.authorization',
        '*.cookie',
        '*.password',
        'err.detail',
        'err.where',
        'err.message',
      ],
      remove: true,
    },
  });
}
