import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { ProblemError } from './problem';
import { namedMember } from './readable-body';

interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** One entry per broken rule, by path; never with the value. */
function flatten(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const member = namedMember(error.property);
    const path = parent === '' ? member : `${parent}.${member}`;
    const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
      path,
      code,
      message: message.replaceAll(error.property, member),
    }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** A request without a body is one with an empty body: what is missing in it is then told by name. */
class DtoPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(metadata.type === 'body' ? (value ?? {}) : value, metadata) as Promise<unknown>;
  }
}

/** Checks bodies and queries against their DTO: unknown members are refused, not dropped. */
export const validation = new DtoPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) =>
    new ProblemError(400, 'not-valid', 'Some fields are not valid', { errors: flatten(errors) }),
});
