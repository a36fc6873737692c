import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { TELLING_MEANS, type TellingMeans } from '@enishi/domain';
import { NOT_BLANK } from '../forms';
import { ProvisionsQuery } from './provisions.dto';

/** Which notices. */
export class TellingsQuery extends ProvisionsQuery {
  /** Those that are due, unless stated. */
  @IsOptional()
  @IsIn(['due', 'told'])
  state?: 'due' | 'told';
}

/** About whom a recipient was told, and how. Of each everything that was due by then. */
export class ToldDto {
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @IsUUID('all', { each: true })
  alumnusIds!: string[];

  @IsIn(TELLING_MEANS)
  means!: TellingMeans;

  /** What shows it: number of a letter, an answer. Kept sealed. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  proof!: string;

  /** When; now unless stated. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}
