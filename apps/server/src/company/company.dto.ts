import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  MaxLength,
  ValidateNested,
  IsDefined,
} from 'class-validator';

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
  @ValidateNested()
  @Type(() => BilingualDto)
  name!: BilingualDto;

  @IsDefined()
  @ValidateNested()
  @Type(() => BilingualDto)
  address!: BilingualDto;

  @IsDefined()
  @ValidateNested()
  @Type(() => BilingualDto)
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
  @ValidateNested()
  @Type(() => CompanyPartyDto)
  party!: CompanyPartyDto;
}

export class ContactPointDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => BilingualDto)
  name!: BilingualDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => BilingualDto)
  address?: BilingualDto;

  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => BilingualDto)
  hours?: BilingualDto;
}

export class SetContactPointDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => ContactPointDto)
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
  @ValidateNested()
  @Type(() => PersonNameDto)
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
