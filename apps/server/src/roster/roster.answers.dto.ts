import { ApiProperty } from '@nestjs/swagger';
import { CONTACT_CHANNELS, EMPLOYMENT_KINDS, LEAVING_KINDS, REASON_CODES } from '@enishi/domain';
import { PersonKanaDto } from '../alumni/alumni.dto';
import { EventAnswer } from '../audit/audit.answers.dto';
import { BilingualDto, PersonNameDto } from '../company/company.dto';

const YES_OR_NO = ['yes', 'no'] as const;

/** Why somebody may not be contacted, or not be asked. */
export class ReasonAnswer {
  @ApiProperty({ enum: REASON_CODES })
  code!: string;

  /** Parameters of its text; never a personal value. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;

  /** The events that make it so. */
  @ApiProperty({ type: [String], format: 'uuid' })
  eventIds!: string[];

  messages!: BilingualDto;
}

/** Masked addresses, by the channel that they serve. */
export class MaskedAddressesAnswer {
  email?: string;
  phone?: string;
  post?: string;
  line?: string;
}

/** One person of the roster. What is not known or erased is `null`. */
export class RosterRowAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ type: PersonNameDto, nullable: true })
  name!: PersonNameDto | null;

  @ApiProperty({ type: PersonKanaDto, nullable: true })
  kana!: PersonKanaDto | null;

  department!: string | null;

  job!: string | null;

  @ApiProperty({ type: String, enum: [...EMPLOYMENT_KINDS, null], nullable: true })
  employmentKind!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  joinedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  leftOn!: string | null;

  @ApiProperty({ type: String, enum: [...LEAVING_KINDS, null], nullable: true })
  leavingKind!: string | null;

  /** Completed months over all employments. */
  serviceMonths!: number | null;

  /** How many employments are known. */
  employments!: number;

  channels!: MaskedAddressesAnswer;

  /** Whether they may be contacted or, in the mode `approachable`, asked. */
  @ApiProperty({ enum: YES_OR_NO })
  answer!: string;

  /** Of a yes: the events that allow it. */
  @ApiProperty({ type: [String], format: 'uuid' })
  because!: string[];

  /** Of a no: every reason. */
  reasons!: ReasonAnswer[];
}

/** How many there are, counted, or estimated from a sample. */
export class RosterTotalAnswer {
  count!: number;
  estimated!: boolean;
}

/** A page of the roster. */
export class RosterPageAnswer {
  /** The instant that all pages answer for. */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Not counted where filters narrow the list, nor after the first page. */
  @ApiProperty({ type: RosterTotalAnswer, nullable: true })
  total!: RosterTotalAnswer | null;

  rows!: RosterRowAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}

/** Why a roster is as long as it is. */
export class FunnelAnswer {
  imported!: number;
  /** Has an address for the channel, and nothing about the person stops contact. */
  reachable!: number;
  approachable!: number;
  /** Asked, no answer yet. */
  asked!: number;
  /** Reachable, with a consent that carries use: for a text that counts, neither ended nor lacking evidence. */
  consented!: number;
  /** Consented, admitted by a programme, and no other record of theirs stands in the way. */
  contactable!: number;
  /** Counted on a sample and scaled. */
  estimated!: boolean;
}

/** What occurs, for the menus of filters. */
export class ChoicesAnswer {
  departments!: string[];
  jobs!: string[];
}

/** A reason with the events behind it. */
export class ExplainedReasonAnswer extends ReasonAnswer {
  events!: EventAnswer[];
}

/** Why somebody may or may not be contacted. */
export class WhyAnswer {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: YES_OR_NO })
  answer!: string;

  /** The answer in one sentence. */
  sentence!: BilingualDto;

  /** Of a yes: the events that allow it. */
  because!: EventAnswer[];

  /** Of a no: every reason. */
  reasons!: ExplainedReasonAnswer[];

  /** Whether they may be asked for consent. */
  approachable!: boolean;

  askingReasons!: ReasonAnswer[];
}

/** What a person's answers for a purpose and channel come to. */
export class ConsentStateAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  @ApiProperty({ enum: CONTACT_CHANNELS })
  channel!: string;

  @ApiProperty({ enum: ['none', 'requested', 'granted', 'refused', 'withdrawn', 'expired', 'invalidated'] })
  state!: string;

  version!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  effectiveAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  /** The event that decided it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  eventId!: string | null;
}

export class PersonConsentsAnswer {
  consents!: ConsentStateAnswer[];
}
