import { Inject, Injectable } from '@nestjs/common';
import {
  createdId,
  IdempotencyKeyReused,
  type CommandContext,
  type ImportJob,
  type ImportKind,
} from '@enishi/application';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { proposalOf } from './import-kinds';
import { LARGEST_FILE, recognised, taken } from './import-file';

/** Files on their way in. */
@Injectable()
export class ImportUploads {
  private readonly uploading = new Set<string>();

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /**
   * Takes a file in, sealed, and proposes how it would be read. The same file under the same key is the same import.
   * @param kind what it is about
   * @param sheet of a workbook: the one asked for
   * @throws ProblemError 409 while it is on its way, 413, 422 for what cannot be read
   * @throws IdempotencyKeyReused for another file under the key
   */
  async take(
    source: AsyncIterable<Uint8Array>,
    context: CommandContext,
    sheet: string | undefined,
    kind: ImportKind,
  ): Promise<ImportJob> {
    const importId = createdId(context.commandId, 'import');
    if (this.uploading.has(importId)) {
      throw new ProblemError(
        409,
        'upload-running',
        'This file is being uploaded under the same key right now',
      );
    }
    this.uploading.add(importId);
    try {
      return await this.takeIn(importId, source, context, sheet, kind);
    } finally {
      this.uploading.delete(importId);
    }
  }

  private async takeIn(
    importId: string,
    source: AsyncIterable<Uint8Array>,
    context: CommandContext,
    sheet: string | undefined,
    kind: ImportKind,
  ): Promise<ImportJob> {
    const { staging, jobs } = this.infrastructure;
    const known = await jobs.find(importId);
    if (known !== undefined) {
      const again = await taken(staging.measure(source, LARGEST_FILE));
      const { recognition } = known;
      const asked = recognition.format === 'xlsx' ? recognition.asked : undefined;
      if (again.fileTag !== known.fileTag || asked !== sheet || (known.options.kind ?? 'leavers') !== kind)
        throw new IdempotencyKeyReused();
      return known;
    }
    const staged = await taken(staging.write(importId, source, LARGEST_FILE));
    const recognition = await recognised(staging, importId, staged, sheet);
    const { mapping, columns } = proposalOf(kind, recognition);
    const options = { kind, freeText: false, dateOrder: 'ymd', source: 'hr' } as const;
    await jobs.create({ importId, recognition, columns, mapping, options, actor: context.actor, ...staged });
    return (await jobs.find(importId))!;
  }
}
