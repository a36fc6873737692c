import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { CONTACT_CHANNELS, type ContactChannel } from '@enishi/domain';
import { PageQuery } from '../audit/audit.dto';

/** For which purpose and channel each step also says whether the person might be contacted; both or neither. */
export class ReplayQuery extends PageQuery {
  @IsOptional()
  @IsUUID('all')
  purposeId?: string;

  @IsOptional()
  @IsIn(CONTACT_CHANNELS)
  channel?: ContactChannel;

  @IsOptional()
  @IsUUID('all')
  programmeId?: string;
}
