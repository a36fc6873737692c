import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ROLES } from '@enishi/access';
import { BilingualDto } from '../company/company.dto';
import { WORK_FOR, type WorkFor } from './work-list';
import { WANTED } from './work-source';

export class WorkQuery {
  /** What you may do yourself, what your roles may do (default), or what waits for anybody. */
  @IsOptional()
  @IsIn(WORK_FOR)
  for?: WorkFor;
}

/** Many things of one kind that wait. Opaque ids only. */
export class WorkEntryAnswer {
  name!: string;

  title!: BilingualDto;

  @ApiProperty({ enum: WANTED })
  wanted!: string;

  /** Who may do it. */
  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: string[];

  /** Where it is done, on the console. */
  page?: string;

  /** Where it is done, on the command line. */
  command!: string;

  count!: number;

  /** Since when the first of them waits. */
  @ApiProperty({ format: 'date-time' })
  oldest?: string;

  /** When the next of them is due, or was. */
  @ApiProperty({ format: 'date-time' })
  due?: string;

  overdue!: number;

  /** The first five. */
  ids!: string[];

  /** It could not be counted now. */
  unavailable?: boolean;
}

export class WorkAnswer {
  work!: WorkEntryAnswer[];
}
