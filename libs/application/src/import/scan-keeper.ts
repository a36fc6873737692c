import type { Ledger } from '../handle';
import type { ImportScan } from './import-scans';
import type { Staging } from './staging';

/** The scans of an import under way: found by the name in a row, kept with the person once the row is taken. */
export class ScanKeeper {
  /** Numbers of those that rows name. */
  readonly used = new Set<number>();
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

  /** The scan of a key as `scanKey` gives it; it counts as named from now on. */
  named(key: string | undefined): ImportScan | undefined {
    if (key === undefined) return undefined;
    const scan = this.byName.get(scanNameTag(this.vault, key));
    if (scan !== undefined) this.used.add(scan.number);
    return scan;
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
