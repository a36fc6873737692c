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
 * A pool whose statements about large tables are explained (ANALYZE) before they are answered.
 * @param large names of tables that count, and of their indexes
 */
export function explaining(pool: Pool, large: RegExp): { readonly pool: Pool; take(): readonly Explained[] } {
  let explained: Explained[] = [];
  const query = async (text: string, params: unknown[] = []) => {
    if (/^\s*(SELECT|WITH)/.test(text)) {
      const { rows } = await pool.query<{
        'QUERY PLAN': readonly [{ Plan: Node; 'Execution Time': number }];
      }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, params);
      const [{ Plan, 'Execution Time': milliseconds }] = rows[0]!['QUERY PLAN'];
      const scans = [...new Set(scansOf(Plan, large))];
      if (scans.length > 0) explained.push({ scans, milliseconds });
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

function scansOf(node: Node, large: RegExp): readonly string[] {
  const own = large.test(node['Index Name'] ?? node['Relation Name'] ?? '') ? scanOf(node) : undefined;
  const inner = (node.Plans ?? []).flatMap((one) => scansOf(one, large));
  return own === undefined ? inner : [own, ...inner];
}

function scanOf(node: Node): string | undefined {
  const { 'Node Type': type, 'Index Name': index, 'Relation Name': relation, 'Heap Fetches': fetches } = node;
  if (node['Actual Loops'] === 0) return undefined;
  if (type === 'Index Only Scan') return `only ${index}${fetches ? ` (${fetches} rows looked up)` : ''}`;
  if (type === 'Index Scan' || type === 'Bitmap Index Scan') return index;
  return type === 'Seq Scan' ? `all of ${relation}` : undefined;
}
