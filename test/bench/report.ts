import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Ground } from './ground';
import { isMet, ratioOf, type Result, type Target } from './result';

const DOCUMENT = path.resolve(__dirname, '../../docs/performance.md');
const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

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
    await writeDocument(`${where}\n\n${tableOf(results)}`);
  }
  return `Results: ${file}`;
}

function commandOf({ benches, rows, quick }: Ground['options']): string[] {
  return [
    ...(process.argv.slice(2).some((arg) => benches.includes(arg)) ? benches : []),
    `--rows ${rows}`,
    ...(quick ? ['--quick'] : []),
  ];
}

function tableOf(results: readonly Result[]): string {
  const head = ['What', 'Raw limit', 'Ours', 'Ratio', 'Target', 'Verdict'];
  const rows = results.map((result) => cells(result));
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
  return target.kind === 'p99' ? `p99 ≤ ${target.atMost} ms` : `≤ ${target.atMost} ms`;
}

function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** In the form that `npm test` asks of documents. */
async function writeDocument(table: string): Promise<void> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/performance.md has no place for the table');
  const written = `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
  const { format, resolveConfig } = await import('prettier');
  writeFileSync(DOCUMENT, await format(written, { ...(await resolveConfig(DOCUMENT)), filepath: DOCUMENT }));
}
