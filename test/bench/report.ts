import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Ground } from './ground';
import { USUAL_ROWS } from './options';
import { isMet, ratioOf, type Result, type Target } from './result';

const DOCUMENT = path.resolve(__dirname, '../../docs/performance.md');
/** A place in the document, by what stands there. */
type PlaceInDocument = 'bench' | 'evidence' | 'volume' | 'plans' | 'programs';
/** Parts about replay and proofs, whose table stands by itself. */
const EVIDENCE = ['sealing', 'export', 'proof', 'as-of', 'pdf', 'self-check', 'idle', 'erasure'];

/** A result as a line on a terminal. */
export function printResult(result: Result): string {
  return `  ${cells(result)
    .filter((cell) => cell !== '')
    .join(' · ')}`;
}

/**
 * Writes the results as JSON into a temporary folder, and with `--write` as a table into the document.
 * @returns what to tell the person who ran it
 */
export async function writeResults(ground: Ground, results: readonly Result[]): Promise<string> {
  const { options } = ground;
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: await ground.postgresVersion(),
    command: ['npm run bench --', ...commandOf(options)].join(' '),
  };
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'enishi-bench-results-')), 'results.json');
  const lines = results.map((result) => ({ ...result, ratio: ratioOf(result), met: isMet(result) }));
  writeFileSync(file, `${JSON.stringify({ machine, results: lines }, undefined, 2)}\n`);
  if (options.write) {
    const { date, cores, memoryGiB, node, postgres, command } = machine;
    const where = `\`${command}\`, ${date}: ${cores} cores, ${memoryGiB} GiB, Node ${node}, PostgreSQL ${postgres} (embedded, fsync on).`;
    const plans = results.filter(({ bench }) => bench === 'plans');
    const programs = results.filter(({ bench }) => bench === 'programs');
    const measured = results.filter((result) => !plans.includes(result) && !programs.includes(result));
    const evidence = measured.filter(({ bench }) => EVIDENCE.includes(bench));
    const tables: readonly (readonly [PlaceInDocument, readonly Result[]])[] =
      // What was measured at another size stands beside the usual one.
      options.rows > USUAL_ROWS
        ? [['volume', measured]]
        : [
            ['bench', measured.filter((result) => !evidence.includes(result))],
            ['evidence', evidence],
          ];
    for (const [place, all] of tables)
      if (all.length > 0) await writeDocument(place, `${where}\n\n${tableOf(all)}`);
    if (programs.length > 0) await writeDocument('programs', `${where}\n\n${programsOf(programs)}`);
    if (plans.length > 0) await writeDocument('plans', `${where}\n\n${plansOf(plans)}`);
  }
  return `Results: ${file}`;
}

function commandOf({ benches, rows, events, quick }: Ground['options']): string[] {
  return [
    ...(process.argv.slice(2).some((arg) => benches.includes(arg)) ? benches : []),
    `--rows ${rows}`,
    ...(events === undefined ? [] : [`--events ${events}`]),
    ...(quick ? ['--quick'] : []),
  ];
}

function tableOf(results: readonly Result[]): string {
  const head = ['What', 'Raw limit', 'Ours', 'Ratio', 'Target', 'Verdict'];
  return tableWith(head, results.map(cells));
}

function plansOf(results: readonly Result[]): string {
  const rows = results.map(({ line, note, ours }) => [line, note ?? '', `${figure(ours)} ms`]);
  return tableWith(['Question', 'Answered along', 'In the database'], rows);
}

function programsOf(results: readonly Result[]): string {
  const rows = results.map(({ line, note, ours }) => [line, note ?? '', `${figure(ours)} ms`]);
  return tableWith(['Program', 'Loads', 'Processor time, start to end'], rows);
}

function tableWith(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells(result: Result): string[] {
  const { line, unit, raw, ours, p99, target, note } = result;
  const ratio = ratioOf(result);
  const met = isMet(result);
  return [
    note === undefined ? line : `${line} (${note})`,
    raw === undefined ? '' : `${figure(raw)} ${unit}`,
    p99 === undefined
      ? `${figure(ours)} ${unit}`
      : unit === 'ms'
        ? `p50 ${figure(ours)}, p99 ${figure(p99)} ms`
        : `${figure(ours)} ${unit}, p99 ${figure(p99)} ms`,
    ratio === undefined ? '' : ratio.toFixed(2),
    target === undefined ? '' : told(target),
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
}

function told(target: Target): string {
  if (target.kind === 'ratio') return `≥ ${target.atLeast}`;
  if (target.kind === 'rate') return `≥ ${target.atLeast.toLocaleString('en')} / s`;
  if (target.kind === 'none') return '0';
  if (target.kind === 'memory') return `≤ ${target.atMost} MB`;
  return target.kind === 'p99' ? `p99 ≤ ${target.atMost} ms` : `≤ ${target.atMost} ms`;
}

function figure(value: number): string {
  if (value === 0) return '0';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** In the form that `npm test` asks of documents. */
async function writeDocument(place: PlaceInDocument, table: string): Promise<void> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const opening = `<!-- ${place}: begin -->`;
  const begin = text.indexOf(opening);
  const end = text.indexOf(`<!-- ${place}: end -->`);
  if (begin < 0 || end < begin) throw new Error(`docs/performance.md has no place for ${place}`);
  const written = `${text.slice(0, begin + opening.length)}\n\n${table}\n\n${text.slice(end)}`;
  const { format, resolveConfig } = await import('prettier');
  writeFileSync(DOCUMENT, await format(written, { ...(await resolveConfig(DOCUMENT)), filepath: DOCUMENT }));
}
