import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches, ValidateIf } from 'class-validator';
import { NOT_BLANK } from '../forms';

/** Words about a person, kept sealed. @param longest in characters */
export function Words(longest = 2000): PropertyDecorator {
  return applyDecorators(
    IsString(),
    Length(1, longest),
    Matches(/\S/, { context: NOT_BLANK }),
    ApiProperty({ minLength: 1, maxLength: longest }),
  ) as PropertyDecorator;
}

/** May be left out; `null` is not left out. */
export function Maybe(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
