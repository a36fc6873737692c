import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ORDERS, type Orders } from '@enishi/access';
import { FileTooLarge, scanNameTag, type HandedIn, type ImportJob } from '@enishi/application';
import {
  LARGEST_SCAN,
  messageOf,
  MOST_SCANS,
  SCAN_HEAD_BYTES,
  scanKey,
  scanTypeOf,
  type IntakeCode,
  type ScanType,
} from '@enishi/intake';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import type { ImportScanAnswer } from './import-scans.answers.dto';
import { intakeMessages } from './import-view';
import { knownImport } from './known-import';

/** Where a scan is named: a header, because addresses are logged. */
export const FILE_NAME_HEADER = 'enishi-file-name';
/** Bytes of all scans of an import. */
const LARGEST_TOGETHER = 8 * 1024 * 1024 * 1024;

/** Scans on their way in. */
@Injectable()
export class ImportScanUploads {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /**
   * Takes a scan in, sealed. The same one under the same number changes nothing.
   * @throws ProblemError 400 without a name, 404, 409 for a name or number taken and for an import at work, 413, 415
   *   for what is no scan, 422
   */
  async take(
    importId: string,
    number: number,
    header: string | string[] | undefined,
    source: AsyncIterable<Uint8Array>,
    request: FastifyRequest,
  ): Promise<ImportScanAnswer> {
    if (!(number >= 1 && number <= MOST_SCANS)) throw refused(422, 'scans-too-many');
    const key = keyIn(header);
    await this.open(importId);
    const { staging, scans, vault } = this.infrastructure;
    const totals = await scans.totals(importId);
    if (totals.scans > MOST_SCANS || totals.bytes > LARGEST_TOGETHER) throw refused(413, 'scans-too-many');
    const scanId = randomUUID();
    const typed = new Typed(source);
    const nameTag = scanNameTag(vault, key);
    let kept = false;
    try {
      const staged = await staging.write(scanId, typed.chunks(), LARGEST_SCAN).catch(tooLarge);
      const scan = { number, scanId, nameTag, type: typed.type!, ...staged };
      const stands = await this.orders.once(
        request,
        async () => {
          kept = await scans.add(importId, scan);
          const one = kept ? scan : await this.known(importId, scan);
          // What was read before does not know of it.
          if (kept) await this.infrastructure.jobs.move(importId, ['checked'], 'staged');
          return scanView({ ...one, used: null, rows: null, lines: null });
        },
        { body: `${nameTag} ${staged.fileTag}` },
      );
      // Between the look at the import and now it may have been cancelled, and its files dropped.
      await this.open(importId);
      return stands;
    } finally {
      if (!kept) await staging.drop(scanId);
    }
  }

  /** The scan that stands under the number or name of another, where it is the same. @throws ProblemError 409 */
  private async known(importId: string, scan: HandedIn): Promise<HandedIn> {
    const found = await this.infrastructure.scans.find(importId, scan.number, scan.nameTag);
    if (found === undefined) throw refused(409, 'scan-number-taken');
    const isSame = found.nameTag === scan.nameTag && found.fileTag === scan.fileTag;
    if (isSame) return found;
    throw refused(409, found.number === scan.number ? 'scan-number-taken' : 'scan-name-taken');
  }

  /** @throws ProblemError 404, 409, 422 */
  private async open(importId: string): Promise<ImportJob> {
    const job = await knownImport(this.infrastructure.jobs, importId);
    if (job.options.kind !== 'consents') throw refused(422, 'scans-not-for-leavers');
    const { state } = job;
    if (state === 'checking' || state === 'running' || state === 'done' || state === 'cancelled')
      throw new ProblemError(409, 'import-busy', 'This import is running, done or was cancelled');
    return job;
  }
}

export function scanView({ number, bytes, type, used, rows, lines }: ImportScanAnswer): ImportScanAnswer {
  return { number, bytes, type, used, rows, lines };
}

/** A stream of bytes that is told by its beginning what it is. */
class Typed {
  type: ScanType | undefined;

  constructor(private readonly source: AsyncIterable<Uint8Array>) {}

  /** @throws ProblemError 415 before anything is given on, 400 for nothing at all */
  async *chunks(): AsyncGenerator<Uint8Array> {
    let head = Buffer.alloc(0);
    for await (const chunk of this.source) {
      if (this.type !== undefined) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < SCAN_HEAD_BYTES) continue;
      yield this.told(head);
    }
    if (head.length === 0) throw new ProblemError(400, 'file-empty', 'The file is empty');
    if (this.type === undefined) yield this.told(head);
  }

  private told(head: Buffer): Buffer {
    this.type = scanTypeOf(head);
    if (this.type === undefined) throw refused(415, 'scan-type-not-allowed');
    return head;
  }
}

function keyIn(header: string | string[] | undefined): string {
  if (header === undefined) throw refused(400, 'scan-name-required');
  let key: string | undefined;
  try {
    key = typeof header === 'string' ? scanKey(decodeURIComponent(header)) : undefined;
  } catch {
    // Not percent-encoded text.
  }
  if (key === undefined) throw refused(400, 'scan-name-not-valid');
  return key;
}

function tooLarge(error: unknown): never {
  if (error instanceof FileTooLarge) throw refused(413, 'scan-too-large');
  throw error;
}

function refused(status: number, code: IntakeCode): ProblemError {
  return new ProblemError(status, code, messageOf(code, 'en').problem, { messages: intakeMessages(code) });
}
