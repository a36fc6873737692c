import { FILES, type LeafEvent, type Manifest } from '@enishi/bundle';
import type { Bundle } from './bundle';
import { Broken, type Findings } from './finding';
import { canonicalObject, hasOnly, isCount } from './json-line';

/** The streams that a bundle holds whole, held against its events one after the other. */
export class Streams {
  private readonly seen = new Map<string, number>();

  private constructor(
    private readonly events: ReadonlyMap<string, { readonly events: number; readonly line: number }>,
    private readonly findings: Findings,
    private readonly areListed: boolean,
  ) {}

  /** @throws Broken */
  static async of(bundle: Bundle, { scope }: Manifest, findings: Findings): Promise<Streams> {
    const file = bundle.file(FILES.streams);
    const streams = new Map<string, { readonly events: number; readonly line: number }>();
    for (let text = await file.next(); text !== undefined; text = await file.next()) {
      const read = canonicalObject(text);
      const { events, stream } = read ?? {};
      const isOne =
        read !== undefined &&
        hasOnly(read, ['events', 'stream']) &&
        isCount(events) &&
        events > 0 &&
        typeof stream === 'string' &&
        !streams.has(stream);
      if (!isOne) throw new Broken({ code: 'stream-malformed', file: FILES.streams, line: file.line });
      streams.set(stream, { events, line: file.line });
    }
    // All of the ledger is there: its own run of leaves says more than any list of streams.
    return new Streams(streams, findings, scope.of !== 'ledger');
  }

  get size(): number {
    return this.events.size;
  }

  has(stream: string): boolean {
    return this.events.has(stream);
  }

  /** Each event of a stream follows on the one before, and each stream is told of. */
  add({ stream, revision, id, leaf }: LeafEvent): void {
    if (!this.areListed && !this.events.has(stream)) return;
    const next = this.seen.get(stream) ?? 0;
    const place = { stream, event: id, leaf };
    if (!this.events.has(stream)) {
      if (next === 0) this.findings.add({ code: 'stream-unlisted', file: FILES.streams, ...place });
    } else if (revision !== next) {
      this.findings.add({ code: 'stream-gap', file: FILES.events, ...place });
    }
    this.seen.set(stream, revision + 1);
  }

  /** Behind the last event: none is missing at a stream's end. */
  end(): void {
    for (const [stream, { events, line }] of this.events) {
      if ((this.seen.get(stream) ?? 0) !== events)
        this.findings.add({ code: 'stream-cut', file: FILES.streams, line, stream });
    }
  }
}
