import { applyDecorators } from '@nestjs/common';
import { Type, type ClassConstructor } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';

/**
 * One nested object. `@ValidateNested()` alone lets a missing one pass, and an array of them.
 * @param type given lazily, since classes may follow each other
 */
export function Nested<T>(type: () => ClassConstructor<T>): PropertyDecorator {
  return applyDecorators(IsDefined(), IsObject(), ValidateNested(), Type(type)) as PropertyDecorator;
}
