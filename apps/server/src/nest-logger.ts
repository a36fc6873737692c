import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages, in our log. Of an error only the kind: its message may hold a value. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(this.fields(message, rest), 'nest');
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(this.fields(message, rest), 'nest');
  }

  error(message: unknown, ...rest: unknown[]): void {
    const kind = message instanceof Error ? message.name : typeof message;
    this.logger.error({ kind, context: rest.at(-1) }, 'nest');
  }

  private fields(message: unknown, rest: readonly unknown[]): object {
    const context = rest.at(-1);
    return typeof message === 'object' && message !== null
      ? { ...message, context }
      : { text: String(message), context };
  }
}
