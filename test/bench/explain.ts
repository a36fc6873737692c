import type { Pool } from 'pg';

/** One node of PostgreSQL's plan, as far as it is told here. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Heap Fetches'?: number;
  readonly 'Actual Loops'?: number;
  readonly Plans?: readonly Node[];
}

/** How a statement was answered. */
export interface Explained {
  /** Its scans, from the outermost on; `only` where an index answered by itself. */
  readonly scans: readonly string[];
  readonly milliseconds: number;
}

/**
 * A pool whose statements about certain tables are explained (ANALYZE) before they are answered.
 * @param about in the text of the statements that count
 */
export function explaining(pool: Pool, about: RegExp): { readonly pool: Pool; take(): readonly Explained[] } {
  let explained: Explained[] = [];
  const query = async (text: string, params: unknown[] = []) => {
    if (about.test(text)) {
      const { rows } = await pool.query<{
        'QUERY PLAN': readonly [{ Plan: Node; 'Execution Time': number }];
      }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, params);
      const [{ Plan, 'Execution Time': milliseconds }] = rows[0]!['QUERY PLAN'];
      explained.push({ scans: [...new Set(scansOf(Plan))], milliseconds });
    }
    return pool.query(text, params);
  };
  return {
    pool: { query } as unknown as Pool,
    take() {
      const taken = explained;
      explained = [];
      return taken;
    },
  };
}

function scansOf(node: Node): readonly string[] {
  const own = scanOf(node);
  return [...(own === undefined ? [] : [own]), ...(node.Plans ?? []).flatMap(scansOf)];
}

function scanOf(node: Node): string | undefined {
  const { 'Node Type': type, 'Index Name': index, 'Relation Name': relation, 'Heap Fetches': fetches } = node;
  if (node['Actual Loops'] === 0) return undefined;
  if (type === 'Index Only Scan') return `only ${index}${fetches ? ` (${fetches} rows looked up)` : ''}`;
  if (type === 'Index Scan' || type === 'Bitmap Index Scan') return index;
  return type === 'Seq Scan' ? `all of ${relation}` : undefined;
}
