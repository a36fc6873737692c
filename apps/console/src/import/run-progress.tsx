import { Progress } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ImportCounts, LeaversImport } from '../api/import-contract';
import { useWords } from '../words/language';

/**
 * How much of the work is done, from 0 to 1: read while it is tried out, taken over while it is imported. Reading runs
 * ahead of writing, so that how many people are yet to come is judged by what was read so far. Never all of it: it
 * goes on until the server says that it is done.
 */
function partDone({ state, counts, bytes }: LeaversImport): number {
  const read = bytes === 0 ? 0 : Math.min(1, counts.bytesRead / bytes);
  const part = state === 'running' && counts.leavers > 0 ? read * (written(counts) / counts.leavers) : read;
  return Math.min(0.99, part);
}

/** Leavers who were compared with the ledger and recorded where they differ. */
function written(counts: ImportCounts): number {
  const { leavers, registered, corrected, employmentsAdded, unchanged, blocked } = counts;
  return Math.min(leavers, registered + corrected + employmentsAdded + unchanged + blocked);
}

/** How far the server is: what it has read, what of it stands in the ledger, and how fast. */
export function RunProgress({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w, number } = useWords();
  const { state, counts, options } = one;
  const running = state === 'running';
  const isAnswers = options.kind === 'consents';
  const rate = useRate(running && !isAnswers ? written(counts) : counts.rows);
  const part = partDone(one);
  const title = running ? w.imports.running : w.imports.checking;
  return (
    <section className="e-card" aria-label={title}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>
        {title} {w.imports.percent(String(Math.floor(part * 100)))}
      </p>
      <Progress value={part * 100} aria-label={title} size="md" />
      <p role="status" className="e-small" style={{ margin: '8px 0 0', fontVariantNumeric: 'tabular-nums' }}>
        {isAnswers
          ? w.imports.progressRows(number(counts.rows))
          : w.imports.progress(number(counts.rows), number(counts.leavers))}
        {running && !isAnswers && ` · ${w.imports.writtenOf(number(written(counts)))}`}
        {rate > 0 && ` · ${w.imports.rate(number(rate))}`}
      </p>
      <p className="e-small e-dim" style={{ margin: '4px 0 0' }}>
        {w.imports.leave}
      </p>
    </section>
  );
}

/** Rows a second since this page began to watch. */
function useRate(rows: number): number {
  const first = useRef<{ rows: number; at: number } | undefined>(undefined);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    const now = performance.now();
    if (first.current === undefined || rows < first.current.rows) first.current = { rows, at: now };
    const seconds = (now - first.current.at) / 1000;
    if (seconds > 0.4) setRate(Math.round((rows - first.current.rows) / seconds));
  }, [rows]);
  return rate;
}
