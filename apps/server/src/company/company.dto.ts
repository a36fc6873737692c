import { ApiProperty } from '@nestjs/swagger';
import {
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  MaxLength,
  IsDefined,
} from 'class-validator';
import { Nested } from '../nested';

/** Text in Japanese and English. */
export class BilingualDto {
  @ApiProperty({ example: '株式会社架空' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(20_000)
  ja!: string;

  @ApiProperty({ example: 'Kaku Inc.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(20_000)
  en!: string;
}

/** The party fields of ISO/IEC TS 27560 and of APPI 32(1). */
export class CompanyPartyDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  name!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  address!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  representative!: BilingualDto;

  /** Where to write or call, as published. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  contact!: string;

  @IsIn(['private-company', 'public-body', 'non-profit'])
  type!: 'private-company' | 'public-body' | 'non-profit';

  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsUrl({ require_protocol: true })
  url?: string;

  /** ISO 3166 code. */
  @IsIn(['JP'])
  jurisdiction!: string;
}

export class DescribeCompanyDto {
  @IsDefined()
  @Nested(() => CompanyPartyDto)
  party!: CompanyPartyDto;
}

export class ContactPointDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  name!: BilingualDto;

  @IsOptional()
  @Nested(() => BilingualDto)
  address?: BilingualDto;

  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @Nested(() => BilingualDto)
  hours?: BilingualDto;
}

export class SetContactPointDto {
  @IsDefined()
  @Nested(() => ContactPointDto)
  contactPoint!: ContactPointDto;
}

/** A name as written. */
export class PersonNameDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  family!: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  given?: string;
}

export class AppointOfficerDto {
  @IsDefined()
  @Nested(() => PersonNameDto)
  name!: PersonNameDto;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  workContact?: string;
}
