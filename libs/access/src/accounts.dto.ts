import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDate, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { REVEALABLE_FIELDS, ROLES, type RevealableField, type Role } from './permissions';

/** Body of `POST /v1/accounts`: a person by what the identity provider calls them, or a machine by its label. */
export class NewAccount {
  @ApiProperty({ enum: ['staff', 'machine'] })
  @IsIn(['staff', 'machine'])
  kind!: 'staff' | 'machine';

  @ApiPropertyOptional({ description: 'Staff only: `sub` of the person at the configured issuer' })
  @IsOptional()
  @IsString()
  @Length(1, 255)
  subject?: string;

  @ApiPropertyOptional({ description: 'What operators call it; required for machines' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  label?: string;
}

/** Body of `POST /v1/accounts/:id/grants`. Absent lists mean "all"; absent fields mean none. */
export class NewGrant {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;

  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID('all', { each: true })
  programmes?: string[];

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  departments?: string[];

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Hiring managers: exactly one' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID('all', { each: true })
  purposes?: string[];

  @ApiPropertyOptional({ enum: REVEALABLE_FIELDS, isArray: true })
  @IsOptional()
  @IsArray()
  @IsIn(REVEALABLE_FIELDS, { each: true })
  fields?: RevealableField[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Required for auditors' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  validUntil?: Date;
}

/** Body of `POST /v1/tokens`. */
export class NewToken {
  @ApiProperty({ format: 'uuid', description: 'A machine account' })
  @IsUUID()
  accountId!: string;

  @ApiProperty({ format: 'date-time', description: 'At most 366 days ahead' })
  @Type(() => Date)
  @IsDate()
  validUntil!: Date;
}

/** A grant as answered. */
export class GrantAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiPropertyOptional({ type: [String] })
  programmes?: string[];

  @ApiPropertyOptional({ type: [String] })
  departments?: string[];

  @ApiPropertyOptional({ type: [String] })
  purposes?: string[];

  @ApiProperty({ enum: REVEALABLE_FIELDS, isArray: true })
  fields!: string[];

  @ApiPropertyOptional({ format: 'date-time' })
  validUntil?: string;
}

/** An account as answered, with the grants valid now. */
export class AccountAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['staff', 'machine'] })
  kind!: string;

  @ApiProperty()
  issuer!: string;

  @ApiProperty()
  subject!: string;

  @ApiPropertyOptional()
  label?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Of the account, to the minute' })
  lastUsed?: string;

  @ApiProperty({ type: [GrantAnswer] })
  grants!: GrantAnswer[];
}

/** Something new, by its id. */
export class CreatedAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

/** A token as answered: never its secret. */
export class TokenAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ format: 'date-time' })
  validUntil!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  revokedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'To the minute' })
  lastUsed?: string;
}

/** A new token with its secret, this once. */
export class NewTokenAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Shown once; only its hash is kept' })
  token!: string;
}
