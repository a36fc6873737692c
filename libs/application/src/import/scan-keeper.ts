import type { Ledger } from '../handle';
import type { ImportScan, ScanRows } from './import-scans';
import type { Staging } from './staging';

/** Lines kept of the rows that name one scan: a form signed by many is named by as many. */
const LINES_KEPT = 20;

/** The scans of an import under way: found by the name in a row, kept with the person once the row is taken. */
export class ScanKeeper {
  /** The rows that name them, by number. */
  readonly used = new Map<number, ScanRows>();
  /** One at a time: a scan is whole in memory while it is sealed. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly vault: Ledger['vault'],
    private readonly staging: Staging,
    private readonly byName: ReadonlyMap<string, ImportScan>,
  ) {}

  /** How many no row has named so far. */
  get unused(): number {
    return this.byName.size - this.used.size;
  }

  /** The scan of a key as `scanKey` gives it. */
  of(key: string | undefined): ImportScan | undefined {
    return key === undefined ? undefined : this.byName.get(scanNameTag(this.vault, key));
  }

  /** Notes that the row at this line names the scan of this key. */
  noteRow(key: string | undefined, line: number): void {
    const scan = this.of(key);
    if (scan === undefined) return;
    const { rows, lines } = this.used.get(scan.number) ?? { rows: 0, lines: [] };
    this.used.set(scan.number, {
      rows: rows + 1,
      lines: lines.length < LINES_KEPT ? [...lines, line] : lines,
    });
  }

  /** Keeps it sealed as evidence about a person, once, however many rows name it. @returns the artefact's id */
  keep(alumnusId: string, scan: ImportScan): Promise<string> {
    const kept = this.turn.then(() => this.keepNow(alumnusId, scan));
    this.turn = kept.catch(() => undefined);
    return kept;
  }

  private async keepNow(alumnusId: string, { scanId }: ImportScan): Promise<string> {
    const parts: Uint8Array[] = [];
    for await (const part of this.staging.read(scanId)) parts.push(part);
    const { artefacts } = this.vault;
    const bytes = Buffer.concat(parts);
    return (await artefacts.putOnce(`alumnus:${alumnusId}`, 'consent-evidence', bytes)).artefactId;
  }
}

/** Stands for a scan's name wherever it is noted. @param key as `scanKey` gives it */
export function scanNameTag(vault: Ledger['vault'], key: string): string {
  return vault.tag('scan-name', key);
}
