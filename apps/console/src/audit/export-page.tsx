import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { purposesQuery } from '../api/queries';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Steps } from '../app/steps';
import page from '../app/thing.module.css';
import { useWords } from '../words/language';
import { ExportDecision } from './export-decision';
import { ExportFile } from './export-file';
import { ExportStandingTag } from './export-standing';
import { exportQuery, type PersonalExportDetail } from './exports';

/** One export with personal data: what was asked for, who decided, the file, and to whom it went. */
export function ExportPage(): ReactNode {
  const { w } = useWords();
  const { exportId } = useParams({ from: '/audit/exports/$exportId' });
  const one = useQuery(exportQuery(exportId));
  return (
    <Page title={w.audit.one} aside={<Link to="/audit/exports">{w.audit.toList}</Link>}>
      {one.isError ? (
        <ProblemNote error={one.error} onRetry={() => void one.refetch()} />
      ) : one.isPending ? (
        <Skeleton h={320} />
      ) : (
        <Whole one={one.data} />
      )}
    </Page>
  );
}

function Whole({ one }: { readonly one: PersonalExportDetail }): ReactNode {
  const { w } = useWords();
  const { standing, refusal, ground } = one;
  const s = w.audit.steps;
  const nameOf = (name: string | undefined, actor: string | undefined): string | undefined =>
    name ?? actor?.split(':')[0];
  return (
    <div className={page.columns}>
      <div className={page.main}>
        <div>
          <ExportStandingTag standing={standing} />
        </div>
        {standing === 'refused' && (
          <Notice tone="amber" title={w.audit.refusal}>
            <p>{refusal ?? w.audit.noWhy}</p>
          </Notice>
        )}
        {ground !== undefined && <Notice tone="amber" title={w.audit.purgedBecause[ground] ?? ground} />}
        <ExportFile one={one} />
        <Facts one={one} />
        {standing === 'requested' && <ExportDecision one={one} />}
      </div>
      <Steps
        steps={[
          {
            word: s.requested,
            at: one.requestedAt,
            by: nameOf(one.requestedByName, one.requestedBy),
          },
          {
            word: standing === 'refused' ? s.refused : s.approved,
            at: one.decidedAt,
            by: nameOf(one.decidedByName, one.decidedBy),
          },
          { word: s.made, at: one.madeAt },
          {
            word: s.handedOver,
            at: one.handedOverAt,
            by: nameOf(one.handedOverByName, one.handedOverBy),
          },
          { word: s.ended, at: one.endedAt },
        ]}
      />
    </div>
  );
}

function Facts({ one }: { readonly one: PersonalExportDetail }): ReactNode {
  const { w, language, instant } = useWords();
  const purposes = useQuery(purposesQuery);
  const { purposeId, kind, from, until } = one;
  const purpose = purposes.data?.find((known) => known.purposeId === purposeId);
  const end = (at: string | undefined): string => (at === undefined ? w.audit.noEnd : instant(at));
  return (
    <section className="e-card" aria-labelledby="facts">
      <Title order={2} id="facts" mb="sm">
        {w.audit.facts}
      </Title>
      <dl className="e-pairs">
        <dt>{w.audit.content}</dt>
        <dd>{w.audit.contents[one.content]}</dd>
        <dt>{w.audit.level}</dt>
        <dd>{w.audit.levels[one.level]}</dd>
        <dt>{w.audit.format}</dt>
        <dd>{w.audit.formats[one.format]}</dd>
        <dt>{w.audit.purpose}</dt>
        <dd>
          {purposeId === undefined ? w.audit.anyPurpose : (purpose?.title[language] ?? purposeId.slice(0, 8))}
        </dd>
        {kind !== undefined && (
          <>
            <dt>{w.audit.kind}</dt>
            <dd>{w.audit.kinds[kind]}</dd>
          </>
        )}
        <dt>{w.audit.period}</dt>
        <dd>{w.audit.periodOf(end(from), end(until))}</dd>
        <dt>{w.audit.reason}</dt>
        <dd style={{ whiteSpace: 'pre-wrap' }}>{one.reason ?? w.audit.noWhy}</dd>
      </dl>
    </section>
  );
}
