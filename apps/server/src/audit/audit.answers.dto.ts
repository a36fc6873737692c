import { ApiProperty } from '@nestjs/swagger';
import {
  CAPTURE_CHANNELS,
  CONSENT_KINDS,
  CONSENT_METHODS,
  CONSENT_PARTIES,
  CONTACT_CHANNELS,
  EVENTS,
  IDENTITY_CHECKS,
  LANGUAGES,
} from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** What stands in the metadata of every event: by whom, when, in which batch. */
class RecordedAnswer {
  /** Place in the ledger; grows along it. */
  position!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  /** An opaque id with its kind: `staff:…`, `token:…`, `system:…`. */
  actor!: string;

  @ApiProperty({ format: 'uuid' })
  commandId!: string;

  @ApiProperty({ format: 'uuid' })
  batchId?: string;
}

/** An event as clients see it; nothing is opened for it. */
export class EventAnswer extends RecordedAnswer {
  stream!: string;

  revision!: number;

  @ApiProperty({ enum: Object.keys(EVENTS) })
  type!: string;

  /** What operators call the account that acted, where that is known. */
  actorName?: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

  @ApiProperty({ format: 'uuid' })
  purposeId?: string;

  @ApiProperty({ format: 'uuid' })
  programmeId?: string;

  /** Of a link of two people, the second one. */
  @ApiProperty({ format: 'uuid' })
  otherId?: string;

  /** The clear fields of the event. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  fields!: Record<string, unknown>;

  /** Names of the sealed fields, whatever has become of their keys; `POST …/events/{eventId}/reveal` shows values. */
  sealed!: string[];

  /** What the event is called. */
  summary!: BilingualDto;
}

/** A page of events, in the order of the ledger. */
export class EventPageAnswer {
  events!: EventAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}

/** One entry of the history of consents. */
export class ConsentEntryAnswer extends RecordedAnswer {
  @ApiProperty({ enum: CONSENT_KINDS })
  kind!: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  purposeVersion?: number;

  @ApiProperty({ enum: CONTACT_CHANNELS, isArray: true })
  channels!: string[];

  @ApiProperty({ enum: CAPTURE_CHANNELS })
  captureChannel?: string;

  @ApiProperty({ enum: CONSENT_METHODS })
  method?: string;

  @ApiProperty({ enum: CONSENT_PARTIES })
  party?: string;

  @ApiProperty({ enum: LANGUAGES })
  language?: string;

  /** SHA-256 (hex) of the text that was shown. */
  noticeHash?: string;

  @ApiProperty({ enum: IDENTITY_CHECKS })
  identityCheck?: string;

  /** Whether evidence was recorded with it, whatever has become of its key. */
  hasEvidence!: boolean;

  @ApiProperty({ format: 'uuid' })
  artefactId?: string;

  artefactHash?: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt?: string;

  /** Of an expiry: the grant. Of an invalidation: the answer recorded in error. */
  @ApiProperty({ format: 'uuid' })
  aboutEventId?: string;

  /** The invalidation that struck this answer out. */
  @ApiProperty({ format: 'uuid' })
  voidedBy?: string;
}

/** A page of the history of consents. */
export class ConsentHistoryAnswer {
  rows!: ConsentEntryAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}
