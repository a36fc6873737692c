import { IsInt, IsOptional, IsString, Matches, MaxLength, Max, Min } from 'class-validator';
import { NOT_BLANK } from '../forms';
import { IsDay } from '../is-day';

/** From when it holds, and why. */
class SettingDto {
  /** The first day on which it holds, in Asia/Tokyo. Default: today. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** About the company's rule, never about a person. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  reason!: string;
}

export class SetLawNumberDto extends SettingDto {
  @IsInt()
  @Min(0)
  @Max(10_000)
  value!: number;
}

export class SetPurposePeriodsDto extends SettingDto {
  /** Months that data stay after the consent has ended or the answer never came. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  keepMonths!: number;

  /** Days that an answer is waited for. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  answerDays!: number;
}
