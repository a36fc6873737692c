import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isDayOfLife } from '@enishi/domain';

/** A day that exists, about a person: 1900-01-01 to 2200-12-31. A pattern alone lets 30 February pass. */
export function IsDay(): PropertyDecorator {
  const validator = { validate: (value: unknown) => typeof value === 'string' && isDayOfLife(value) };
  return applyDecorators(
    ValidateBy({ name: 'isDay', validator }),
    ApiProperty({ format: 'date', example: '2024-03-31' }),
  ) as PropertyDecorator;
}
