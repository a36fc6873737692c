import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { fieldError, notValid, type FieldError } from './field-errors';
import { namedMember } from './readable-body';
import { toldOf } from './validation-messages';

/** One entry for each field that breaks a rule, by path; never with the value. */
function flatten(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const member = namedMember(error.property);
    const path = parent === '' ? member : `${parent}.${member}`;
    const children = flatten(error.children ?? [], path);
    if (children.length > 0) return children;
    const { code, messages } = toldOf(error);
    return [fieldError(path, code, messages)];
  });
}

/** Names of free maps are not repeated: two that are wrong in one way are one. */
function once(errors: readonly FieldError[]): readonly FieldError[] {
  return [...new Map(errors.map((error) => [error.path, error])).values()];
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
  // Target and value tell which rule is broken; neither leaves.
  validationError: { target: true, value: true },
  exceptionFactory: (errors) => notValid(...once(flatten(errors))),
});
