import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { NOT_BLANK } from '../forms';

const STANDING_FORM = {
  ja: '一覧にある standing の値（16 進 64 桁）を指定してください。',
  en: 'Must be the standing that the list names, 64 hex digits.',
};

/** What becomes of one account. */
export class ReviewDecisionDto {
  @IsUUID('all')
  accountId!: string;

  @IsIn(['keep', 'revoke'])
  decision!: 'keep' | 'revoke';

  /** Why; kept beside the ledger, not in it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

/** A review of all accounts, signed off. */
export class SignOffDto {
  /** As the list named it: that these accounts, grants and tokens were looked at, and no others. */
  @Matches(/^[0-9a-f]{64}$/, { context: STANDING_FORM })
  standing!: string;

  /** One for every account of the list. */
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReviewDecisionDto)
  decisions!: ReviewDecisionDto[];
}

class GrantUnderReviewAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  role!: string;

  programmes?: string[];

  departments?: string[];

  purposes?: string[];

  fields!: string[];

  @ApiProperty({ format: 'date-time' })
  validUntil?: string;
}

class TokenUnderReviewAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  validUntil!: string;

  @ApiProperty({ format: 'date-time' })
  lastUsed?: string;
}

class AccountUnderReviewAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['staff', 'machine'] })
  kind!: string;

  issuer!: string;

  subject!: string;

  label?: string;

  @ApiProperty({ format: 'date-time' })
  lastUsed?: string;

  grants!: GrantUnderReviewAnswer[];

  tokens!: TokenUnderReviewAnswer[];
}

/** A review that was signed off. */
export class SignedReviewAnswer {
  @ApiProperty({ format: 'uuid' })
  reviewId!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Who signed it off. */
  actor!: string;

  actorName?: string;

  kept!: number;

  revoked!: number;

  /** SHA-256 (hex), as the event in the ledger has it. */
  digest!: string;
}

/** Every account that may do something now, and how the reviews stand. */
export class ReviewAnswer {
  standing!: string;

  accounts!: AccountUnderReviewAnswer[];

  last?: SignedReviewAnswer;

  /** Three months after the last one; absent where there was none. */
  @ApiProperty({ format: 'date-time' })
  dueAt?: string;

  due!: boolean;
}
