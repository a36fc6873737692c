import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { rulesQuery, type ReviewStanding, type RulesVersion } from './governance';
import { RulesReview } from './rules-review';
import { RulesState, RulesVersionCard } from './rules-version';

/** The handling rules, version by version, and their reviews. */
export function RulesPage(): ReactNode {
  const { w } = useWords();
  const rules = useQuery(rulesQuery);
  return (
    <Page title={w.governance.rulesTitle} narrow>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.governance.rulesIntro}
      </p>
      {rules.isError ? (
        <ProblemNote error={rules.error} onRetry={() => void rules.refetch()} />
      ) : rules.isPending ? (
        <Skeleton h={360} />
      ) : rules.data.versions.length === 0 ? (
        <Empty
          title={w.governance.rulesEmpty}
          text={w.governance.rulesEmptyText}
          command="npx enishi handling-rules adopt --document rules.md --template default"
        />
      ) : (
        <Rules versions={rules.data.versions} review={rules.data.review} />
      )}
    </Page>
  );
}

interface RulesProps {
  readonly versions: readonly RulesVersion[];
  readonly review: ReviewStanding;
}

function Rules({ versions, review }: RulesProps): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const [first, ...older] = versions;
  return (
    <div className={css.cards}>
      {can('governance:read') && <RulesReview review={review} />}
      {first && <RulesVersionCard rules={first} />}
      {older.length > 0 && (
        <section aria-labelledby="older" className={css.cards}>
          <Title order={2} id="older">
            {w.governance.olderVersions}
          </Title>
          {older.map((rules) => (
            <details key={rules.version}>
              <summary>
                {w.governance.rulesVersion(number(rules.version))} <RulesState state={rules.state} />
              </summary>
              <div style={{ marginTop: 8 }}>
                <RulesVersionCard rules={rules} />
              </div>
            </details>
          ))}
        </section>
      )}
    </div>
  );
}
