import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { statedPurposesQuery, type StatedPurpose } from './governance';

const TONES: Readonly<Record<string, string>> = {
  'waiting-for-notice': 'amber',
  scheduled: 'blue',
  'in-force': 'teal',
};

/** What consent is asked for: the version in force, its text and notices, and the versions before. */
export function PurposesPage(): ReactNode {
  const { w } = useWords();
  const purposes = useQuery(statedPurposesQuery);
  return (
    <Page title={w.governance.purposesTitle} narrow>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.governance.purposesIntro}
      </p>
      {purposes.isError ? (
        <ProblemNote error={purposes.error} onRetry={() => void purposes.refetch()} />
      ) : purposes.isPending ? (
        <Skeleton h={300} />
      ) : purposes.data.length === 0 ? (
        <Empty
          title={w.governance.purposesEmpty}
          text={w.governance.purposesEmptyText}
          command="npx enishi purposes --help"
        />
      ) : (
        <div className={css.cards}>
          {purposes.data.map((purpose) => (
            <PurposeCard key={purpose.purposeId} purpose={purpose} />
          ))}
        </div>
      )}
    </Page>
  );
}

function PurposeCard({ purpose }: { readonly purpose: StatedPurpose }): ReactNode {
  const { w, language, number, instant } = useWords();
  const { purposeId, title, state, versions } = purpose;
  const shown = versions.find(({ version }) => version === purpose.inForce) ?? versions.at(-1);
  if (shown === undefined) return null;
  const { content, notices, usableFrom } = shown;
  const noticed = notices.map(
    ({ method, effectiveAt }) => `${w.governance.noticeMethod[method] ?? method} ${instant(effectiveAt)}`,
  );
  return (
    <section className="e-card" aria-labelledby={purposeId}>
      <div className={css.head}>
        <Title order={2} id={purposeId}>
          {title[language]}
        </Title>
        <Tag tone={TONES[state] ?? 'grey'}>{w.governance.purposeState[state] ?? state}</Tag>
      </div>
      <dl className="e-pairs" style={{ marginTop: 12 }}>
        <dt>{w.governance.showColumns.version}</dt>
        <dd>{w.governance.purposeVersion(number(shown.version))}</dd>
        <dt>{w.governance.channels}</dt>
        <dd>{content.channels.map((one) => w.terms.contactChannel[one]).join(w.shell.comma)}</dd>
        <dt>{w.governance.validity}</dt>
        <dd>
          {content.validityMonths === undefined
            ? w.governance.noLimit
            : w.governance.months(number(content.validityMonths))}
        </dd>
        {usableFrom != null && (
          <>
            <dt>{w.governance.usableFrom}</dt>
            <dd>{instant(usableFrom)}</dd>
          </>
        )}
        <dt>{w.governance.notices}</dt>
        <dd>{noticed.length === 0 ? w.governance.noNotices : noticed.join(w.shell.comma)}</dd>
      </dl>
      <Title order={3} mt="md" mb={4}>
        {w.governance.text}
      </Title>
      <p
        className="e-notice"
        tabIndex={0}
        role="region"
        aria-label={`${title[language]} ${w.governance.text}`}
      >
        {content.notice[language]}
      </p>
      {versions.length > 1 && (
        <details style={{ marginTop: 12 }}>
          <summary>{w.governance.versionsOf}</summary>
          <ul className={css.plain}>
            {versions.toReversed().map(({ version, state: one, usableFrom: from }) => (
              <li key={version}>
                {w.governance.purposeVersion(number(version))} {w.governance.purposeState[one] ?? one}
                {from != null && ` · ${instant(from)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
