import { Progress } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { LeaversImport } from '../api/import-contract';
import { useWords } from '../words/language';

/** How far the server has read, and how fast. */
export function RunProgress({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w, number } = useWords();
  const rate = useRate(one.counts.rows);
  const part = one.bytes === 0 ? 0 : Math.min(1, one.counts.bytesRead / one.bytes);
  const title = one.state === 'checking' ? w.imports.checking : w.imports.running;
  return (
    <section className="e-card" aria-label={title}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>
        {title} {w.imports.percent(String(Math.floor(part * 100)))}
      </p>
      <Progress value={part * 100} aria-label={title} size="md" />
      <p role="status" className="e-small" style={{ margin: '8px 0 0', fontVariantNumeric: 'tabular-nums' }}>
        {w.imports.progress(number(one.counts.rows), number(one.counts.leavers))}
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
