import type { Pool } from 'pg';
import type { ScanType } from '@enishi/intake';

/** A scan handed in with a file of consents. Its name and its bytes stand in no table. */
export interface ImportScan {
  /** As its sender counts. */
  readonly number: number;
  /** Under which its bytes are staged. */
  readonly scanId: string;
  /** HMAC of its name as it is compared. */
  readonly nameTag: string;
  /** HMAC of its bytes. */
  readonly fileTag: string;
  readonly bytes: number;
  readonly type: ScanType;
  /** Whether a row names it; null before the file was read to its end. */
  readonly used: boolean | null;
  /** How many rows name it, and the lines of the first of them; null as `used`. */
  readonly rows: number | null;
  readonly lines: readonly number[] | null;
}

/** What is known of a scan when it is handed in. */
export type HandedIn = Omit<ImportScan, 'used' | 'rows' | 'lines'>;

/** The rows that name a scan. */
export interface ScanRows {
  readonly rows: number;
  /** Lines of the first of them. */
  readonly lines: readonly number[];
}

/** All scans of one import together. */
export interface ScanTotals {
  readonly scans: number;
  readonly bytes: number;
}

const COLUMNS = `number, scan_id as "scanId", name_tag as "nameTag", file_tag as "fileTag", bytes::float8 as bytes,
  type, used, rows, lines`;

/** The table of scans handed in. Their bytes wait in staging and go with the import. */
export class ImportScans {
  constructor(private readonly pool: Pool) {}

  /** Notes a scan; false where its number or its name is taken. */
  async add(importId: string, scan: HandedIn): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into app.import_scans (import_id, number, scan_id, name_tag, file_tag, bytes, type)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [importId, scan.number, scan.scanId, scan.nameTag, scan.fileTag, scan.bytes, scan.type],
    );
    return rowCount === 1;
  }

  /** The one of this number or of this name; the number first. */
  async find(importId: string, number: number, nameTag: string): Promise<ImportScan | undefined> {
    const { rows } = await this.pool.query<ImportScan>(
      `select ${COLUMNS} from app.import_scans where import_id = $1 and (number = $2 or name_tag = $3)
       order by number = $2 desc limit 1`,
      [importId, number, nameTag],
    );
    return rows[0];
  }

  async totals(importId: string): Promise<ScanTotals> {
    const text = `select count(*)::int as scans, coalesce(sum(bytes), 0)::float8 as bytes
      from app.import_scans where import_id = $1`;
    return (await this.pool.query<ScanTotals>(text, [importId])).rows[0]!;
  }

  /** By number, from behind `after`. */
  async list(importId: string, after: number, limit: number): Promise<readonly ImportScan[]> {
    const text = `select ${COLUMNS} from app.import_scans where import_id = $1 and number > $2 order by number limit $3`;
    return (await this.pool.query<ImportScan>(text, [importId, after, limit])).rows;
  }

  /** All of an import, by the tag of their name. */
  async byName(importId: string): Promise<ReadonlyMap<string, ImportScan>> {
    const text = `select ${COLUMNS} from app.import_scans where import_id = $1`;
    const { rows } = await this.pool.query<ImportScan>(text, [importId]);
    return new Map(rows.map((scan) => [scan.nameTag, scan]));
  }

  /** Notes which of them rows name, by number, once the file was read to its end. */
  async noteUse(importId: string, named: ReadonlyMap<number, ScanRows>): Promise<void> {
    const list = [...named].map(([number, rows]) => ({ number, ...rows }));
    await this.pool.query(
      `update app.import_scans s
          set used = n.number is not null, rows = coalesce(n.rows, 0), lines = coalesce(n.lines, '{}')
         from app.import_scans t
         left join json_to_recordset($2) as n (number integer, rows integer, lines integer[]) using (number)
        where t.import_id = $1 and s.import_id = t.import_id and s.number = t.number`,
      [importId, JSON.stringify(list)],
    );
  }
}
