import { createHash, type Hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  createdId,
  exportStream,
  OnExport,
  OnExportHandler,
  readExport,
  type Done,
} from '@enishi/application';
import type { ExportCommand, ExportState } from '@enishi/domain';
import { countIncluded } from '@enishi/projections/audit-trail/query';
import { publishedCheckpoints } from '@enishi/worker';
import type { FileBody } from '../audit/table-export';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ExportPages, type Member } from './export-pages';

/** People and events of a chunk: 3,000 pairs of ids take less than 256 KiB. */
const CHUNK = 3000;
const VIEW_WITHIN_MS = 30_000;

/** The making of one file was given up: the export has ended meanwhile, or the server stops. */
class NotMade extends Error {
  constructor() {
    super('the export has ended, or the server stops');
    this.name = 'NotMade';
  }
}

/**
 * Makes the file of an approved export. Who is on a page is in the access log before it goes in, and all of them are in
 * the ledger before the file counts. Begun again after a crash, the same file is made anew, and the ledger gets only
 * what is missing there.
 */
@Injectable()
export class ExportMaker {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly pages: ExportPages,
    private readonly commands: OnExportHandler,
  ) {}

  /** @param signal of a server that stops: the file is then made by the next one */
  async make(exportId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.step(exportId, 'start', { kind: 'StartExport' });
      const state = await readExport(this.infrastructure.ledger, exportId);
      if (state.standing === 'making') await this.fill(exportId, state, signal);
    } catch (error) {
      if (error instanceof NotMade) return;
      if (!(error instanceof ProblemError) || error.problem.code !== 'report-too-long') throw error;
      await this.step(exportId, 'too long', { kind: 'PurgeExport', ground: 'report-too-long' });
    }
  }

  private async fill(exportId: string, state: ExportState, signal: AbortSignal): Promise<void> {
    const { openExports, pool } = this.infrastructure;
    await this.passed(state.started!.position);
    const isBundle = state.request!.data.format === 'bundle';
    const chunks = isBundle ? this.people(exportId, state.chunks) : this.chunks(exportId, 0);
    let lines = 0;
    const body = await this.pages.body(state, async (count = 0, members) => {
      if (signal.aborted) throw new NotMade();
      await chunks.add(members);
      lines += count;
      await openExports.progress(exportId, lines);
    });
    const digest = createHash('sha256');
    const bytes = await this.write(exportId, body, digest);
    const last = await chunks.end();
    if (last !== undefined) await this.passed(last);
    const [newest] = await publishedCheckpoints(pool, { limit: 1 });
    await this.step(exportId, 'complete', {
      kind: 'CompleteExport',
      ...(!isBundle && { lines }),
      people: await countIncluded(pool, exportStream(exportId)),
      bytes,
      fileHash: digest.digest('hex'),
      ...(newest && { checkpoint: newest.size }),
    });
  }

  /** A body that could not even be begun is given up, with the connection it may hold. */
  private async write(exportId: string, body: FileBody, digest: Hash): Promise<number> {
    const { chunks } = body;
    try {
      const { bytes } = await this.infrastructure.exportFiles.write(exportId, hashed(body, digest), Infinity);
      return bytes;
    } finally {
      if (Symbol.asyncIterator in chunks) await chunks[Symbol.asyncIterator]().return?.();
    }
  }

  /**
   * The people of a bundle, each once, recorded when all of it is made: one that fails leaves nothing in the ledger. Made
   * again it may be under another checkpoint, and about more people: what was recorded stays beside it.
   */
  private people(exportId: string, first: number) {
    const all = new Set<string>();
    return {
      add: (members: readonly Member[]): Promise<void> => {
        for (const [alumnusId] of members) all.add(alumnusId);
        return Promise.resolve();
      },
      end: async (): Promise<bigint | undefined> => {
        const chunks = this.chunks(exportId, first);
        await chunks.add([...all].map((alumnusId): Member => [alumnusId]));
        return chunks.end();
      },
    };
  }

  /** Chunks in the order of the file, numbered on from the first one. */
  private chunks(exportId: string, first: number) {
    let held: Member[] = [];
    let number = first;
    let last: bigint | undefined;
    const record = async (members: readonly Member[]): Promise<void> => {
      const alumnusIds = members.map(([alumnusId]) => alumnusId);
      const eventIds = members.flatMap(([, eventId]) => eventId ?? []);
      const events = eventIds.length === 0 ? {} : { eventIds };
      const command = { kind: 'RecordChunk', number, alumnusIds, ...events } as const;
      ({ position: last } = await this.step(exportId, `chunk ${number}`, command));
      number += 1;
    };
    return {
      add: async (members: readonly Member[]): Promise<void> => {
        held.push(...members);
        while (held.length >= CHUNK) {
          await record(held.slice(0, CHUNK));
          held = held.slice(CHUNK);
        }
      },
      /** @returns the position of the last one, if there is any */
      end: async (): Promise<bigint | undefined> => {
        if (held.length > 0) await record(held);
        return last;
      },
    };
  }

  /** One step in the ledger, under an id that stays. @throws NotMade where the export has ended */
  private async step(exportId: string, name: string, command: ExportCommand): Promise<Done> {
    const commandId = createdId(exportId, name);
    const context = { commandId, actor: 'system:exports', correlationId: exportId } as const;
    const outcome = await this.commands.execute(new OnExport(exportId, command, context));
    if (outcome.kind === 'refused') throw new NotMade();
    return outcome;
  }

  /** @throws Error where a view is behind or parked: it is tried again later */
  private async passed(position: bigint): Promise<void> {
    for (const view of ['consent-history', 'audit-trail']) {
      const answer = await this.infrastructure.views.waitFor(view, position, VIEW_WITHIN_MS);
      if (answer !== 'ok') throw new Error(`the view ${view} cannot be asked: ${answer}`);
    }
  }
}

async function* hashed({ chunks }: FileBody, digest: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk as Buffer);
    digest.update(bytes);
    yield bytes;
  }
}
