import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from '../app/notice';
import { useWords } from '../words/language';
import type { ErasureDetail } from './erasures';

/** How far the server is: of how many people everything is done, counted a thousand at a time. */
export function ExecutionProgress({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w, number } = useWords();
  const done = plan.erased + plan.left;
  return (
    <section className="e-card" aria-label={w.erasure.progress}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{w.erasure.progress}</p>
      <Progress
        value={plan.people === 0 ? 0 : Math.min(99, (done / plan.people) * 100)}
        aria-label={w.erasure.progress}
        size="md"
      />
      <p role="status" className="e-small" style={{ margin: '8px 0 0', fontVariantNumeric: 'tabular-nums' }}>
        {w.erasure.progressOf(number(done), number(plan.people))}
      </p>
      <p className="e-small e-dim" style={{ margin: '4px 0 0' }}>
        {w.erasure.progressLeave}
      </p>
      {plan.failure !== undefined && (
        <div style={{ marginTop: 12 }}>
          <Notice tone="amber" role="alert" title={w.erasure.stopped}>
            <p>{w.erasure.stoppedNow}</p>
            <p className="e-code">{plan.failure}</p>
          </Notice>
        </div>
      )}
    </section>
  );
}
