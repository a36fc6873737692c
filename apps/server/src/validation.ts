import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemError } from './problem';

interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** One entry per broken rule, by path; never with the value. */
function flatten(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({ path, code, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** Checks bodies and queries against their DTO: unknown members are refused, not dropped. */
export const validation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) =>
    new ProblemError(400, 'not-valid', 'Some fields are not valid', { errors: flatten(errors) }),
});
