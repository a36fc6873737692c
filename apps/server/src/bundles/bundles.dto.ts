import { BUNDLE_LEVELS, type BundleLevel, type BundleScope } from '@enishi/bundle';
import { CONSENT_KINDS, type ConsentKind } from '@enishi/domain';
import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { ScopeQuery } from '../audit/audit.dto';
import { ACTOR, ACTOR_FORM } from '../forms';

const SCOPES: readonly BundleScope['of'][] = ['consents', 'trail', 'ledger'];

/** What a bundle is about. Of the ledger, everything: the other conditions do not go with it. */
export class BundleQuery extends OmitType(ScopeQuery, ['cursor', 'limit'] as const) {
  @IsIn(SCOPES)
  of!: BundleScope['of'];

  /** Goes with `of=consents`. */
  @IsOptional()
  @IsIn(CONSENT_KINDS)
  kind?: ConsentKind;

  /** Goes with `of=trail`. */
  @IsOptional()
  @Matches(ACTOR, { context: ACTOR_FORM })
  actor?: string;

  /** Of one import. */
  @IsOptional()
  @IsUUID('all')
  batchId?: string;

  /** Leaves of a published checkpoint that the reader keeps: the bundle then proves that nothing before it was rewritten. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  since?: number;

  /** Of personal data. This route makes `none`, the default. */
  @IsOptional()
  @IsIn(BUNDLE_LEVELS)
  level?: BundleLevel;
}
