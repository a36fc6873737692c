import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Steps } from '../app/steps';
import { useWords } from '../words/language';
import { certificateQuery, type ErasureDetail } from './erasures';

/** What happened to a plan, up to the day from which nothing can be recovered. */
export function ErasureSteps({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w } = useWords();
  const executed = plan.standing === 'executed';
  const certificate = useQuery({ ...certificateQuery(plan.erasureId), enabled: executed });
  const s = w.erasure.steps;
  return (
    <Steps
      steps={[
        {
          word: s.proposed,
          at: plan.proposedAt,
          by: plan.proposedByName ?? plan.proposedBy.split(':')[0],
        },
        {
          word: plan.standing === 'refused' ? s.refused : s.approved,
          at: plan.decidedAt,
          by: plan.decidedByName ?? plan.decidedBy?.split(':')[0],
        },
        { word: s.executed, at: plan.executedAt },
        { word: s.irrecoverable, at: certificate.data?.irrecoverableFrom?.at },
      ]}
    />
  );
}
