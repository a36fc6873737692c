import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  erasedKeys,
  erasureEndId,
  erasureStartId,
  keyLine,
  lifecycleStream,
  readErasedChunk,
  readErasureChunk,
  VAULT_STREAM,
  type ErasedKey,
  type ErasureGroup,
} from '@enishi/application';
import type { DataOf, Language } from '@enishi/domain';
import type { ErasureSteps } from '@enishi/projections/audit-trail/query';
import { publishedCheckpoints } from '@enishi/worker';
import type { Principal } from '@enishi/access';
import { ActorNames } from '../audit/actor-names';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { eventProof } from '../proofs/event-proof';
import { ReportFrames } from '../reports/report-frame';
import { ReportPrinter } from '../reports/report-printer';
import { INFRASTRUCTURE } from '../tokens';
import { certificateReport } from './certificate-report';
import { stateOfSteps } from './erasure-views';
import type { CertificateAnswer, IrrecoverableAnswer } from './certificate.answers.dto';
import { ErasureOutlook } from './erasure-outlook';

/** An event as the store holds it. */
type RecordedEvent = Awaited<ReturnType<Infrastructure['store']['readStream']>>[number];

/** What a certificate says of keys, gathered chunk by chunk: there may be hundreds of thousands. */
class Destroyed {
  private readonly digest = createHash('sha256');
  private readonly counts = new Map<string, number>();
  private from: string | undefined;
  private until: string | undefined;
  epoch = 0;

  add(keys: readonly ErasedKey[]): void {
    for (const key of keys) {
      this.digest.update(keyLine(key));
      if (key.epoch === undefined) continue;
      this.epoch = Math.max(this.epoch, key.epoch);
      this.counts.set(key.category, (this.counts.get(key.category) ?? 0) + 1);
      if (this.from === undefined || key.destroyedAt < this.from) this.from = key.destroyedAt;
      if (this.until === undefined || key.destroyedAt > this.until) this.until = key.destroyedAt;
    }
  }

  get told() {
    return {
      categories: [...this.counts].map(([category, keys]) => ({ category, keys })),
      ...(this.from !== undefined && { destroyedFrom: this.from, destroyedUntil: this.until! }),
      digest: this.digest.copy().digest('hex'),
    };
  }
}

/** Certificates of erasure, from the ledger and the tombstones of the vault. */
@Injectable()
export class Certificates {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly actors: ActorNames,
    private readonly frames: ReportFrames,
    private readonly printer: ReportPrinter,
    private readonly outlook: ErasureOutlook,
  ) {}

  /** The same as {@link of}, as a page. */
  async print(
    plan: ErasureSteps,
    alumnusId: string | undefined,
    language: Language,
    principal: Principal,
  ): Promise<Buffer> {
    const certificate = await this.of(plan, alumnusId);
    const madeAt = this.infrastructure.ledger.clock.now();
    const frame = await this.frames.frame(language, madeAt, principal, undefined);
    return this.printer.print({ report: certificateReport(frame, certificate) });
  }

  /**
   * @param alumnusId of this person alone
   * @throws ProblemError 409 `erasure-not-executed`, 404 `erasure-not-of-person`
   */
  async of(plan: ErasureSteps, alumnusId?: string): Promise<CertificateAnswer> {
    const { identity } = this.infrastructure;
    const { proposal, decision, ended } = stateOfSteps(plan);
    const { erasureId, ground, chunks, fields } = proposal!.data;
    if (ended === undefined || decision === undefined)
      throw new ProblemError(409, 'erasure-not-executed', 'The plan has not been carried out to its end');
    const names = await this.actors.of([decision.actor]);
    const told = {
      ledgerId: identity.ledgerId,
      erasureId,
      ground,
      approvedBy: decision.actor,
      ...(names.has(decision.actor) && { approvedByName: names.get(decision.actor)! }),
      approvedAt: decision.decidedAt,
      ...(fields && { fields: [...fields] }),
    };
    const destroyed = new Destroyed();
    if (alumnusId !== undefined) {
      const record = await this.endOf(erasureId, alumnusId);
      const { blockedUntil, categories } = record.data as unknown as DataOf<'ErasureCompleted'>;
      const requestIds = categories.includes('request-record')
        ? await this.requestsNamed(erasureId, chunks, alumnusId)
        : [];
      const group = { categories, alumnusIds: [alumnusId], requestIds };
      destroyed.add(await erasedKeys(this.infrastructure.ledger, erasureId, group));
      const own = { alumnusId, people: 1, left: 0, ...(blockedUntil !== undefined && { blockedUntil }) };
      return this.whole({ ...told, ...own, ...(await this.outlook.of([group])) }, destroyed, record);
    }
    const groups: ErasureGroup[] = [];
    for (let number = 0; number < chunks; number++) {
      const chunk = await readErasedChunk(this.infrastructure.ledger, erasureId, number, chunks);
      destroyed.add(await erasedKeys(this.infrastructure.ledger, erasureId, chunk));
      groups.push(chunk);
    }
    const { erased: people, left } = ended.data;
    const [record] = await this.infrastructure.store.readStream(ended.stream, {
      from: ended.revision,
      limit: 1,
    });
    return this.whole({ ...told, people, left, ...(await this.outlook.of(groups)) }, destroyed, record!);
  }

  /** The requests that the plan names beside a person: whose they are is told by their keys. */
  private async requestsNamed(
    erasureId: string,
    chunks: number,
    alumnusId: string,
  ): Promise<readonly string[]> {
    for (let number = 0; number < chunks; number++) {
      const chunk = (await readErasureChunk(this.infrastructure.ledger, erasureId, number))!;
      if (chunk.alumnusIds.includes(alumnusId)) return chunk.requestIds ?? [];
    }
    return [];
  }

  /** The event by which a person's erasure ended, or by which items of theirs were erased. @throws ProblemError 404 */
  private async endOf(erasureId: string, alumnusId: string): Promise<RecordedEvent> {
    const records = await this.infrastructure.store.readStream(lifecycleStream(alumnusId));
    const found =
      records.find(({ id }) => id === erasureEndId(erasureId, alumnusId)) ??
      records.find(({ id, type }) => type === 'ItemErased' && id === erasureStartId(erasureId, alumnusId));
    if (found) return found;
    throw new ProblemError(404, 'erasure-not-of-person', 'This plan has not erased that person');
  }

  private async whole(
    told: Omit<CertificateAnswer, 'categories' | 'digest' | 'event'>,
    destroyed: Destroyed,
    record: RecordedEvent,
  ): Promise<CertificateAnswer> {
    const { id: eventId, stream, recordedAt } = record;
    const proof = await this.proofOf(record);
    const irrecoverableFrom = await this.irrecoverable(destroyed.epoch);
    return {
      ...told,
      ...destroyed.told,
      event: { eventId, stream, recordedAt, ...(proof !== undefined && { proof }) },
      ...(irrecoverableFrom && { irrecoverableFrom }),
    };
  }

  private async proofOf(record: RecordedEvent): Promise<string | undefined> {
    const [newest] = await publishedCheckpoints(this.infrastructure.pool, { limit: 1 });
    if (newest === undefined) return undefined;
    try {
      return await eventProof(this.infrastructure, newest, record);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'not-covered') return undefined;
      throw error;
    }
  }

  /** When the epoch went that had wrapped the keys last: what a backup holds of them opens no more. */
  private async irrecoverable(epoch: number): Promise<IrrecoverableAnswer | undefined> {
    if (epoch === 0) return undefined;
    const records = await this.infrastructure.store.readStream(VAULT_STREAM);
    const gone = records.find(
      ({ type, data }) => type === 'EpochDestroyed' && Number(data['epoch']) >= epoch,
    );
    return gone && { at: gone.recordedAt, eventId: gone.id };
  }
}
