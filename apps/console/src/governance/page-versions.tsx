import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { pageVersionsQuery } from './governance';

/** Every version of the public page that was published, the newest first. */
export function PageVersions(): ReactNode {
  const { w, number, instant } = useWords();
  const versions = useQuery(pageVersionsQuery);
  if (versions.isError) return <ProblemNote error={versions.error} onRetry={() => void versions.refetch()} />;
  if (versions.data === undefined || versions.data.length === 0) return null;
  const c = w.governance.versionColumns;
  return (
    <section style={{ marginTop: 28 }}>
      <Title order={2} mb="xs">
        {w.governance.versions}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.governance.versions}>
        <table className="e-table">
          <thead>
            <tr>
              {[c.version, c.from, c.until, c.hash].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.data
              .toSorted((one, other) => other.version - one.version)
              .map(({ version, from, until, hashJa }) => (
                <tr key={version} style={{ whiteSpace: 'nowrap' }}>
                  <td>
                    <a href={`/privacy/versions/${version}`} target="_blank" rel="noreferrer">
                      {w.governance.versionLink(number(version))}
                    </a>
                  </td>
                  <td>{instant(from)}</td>
                  <td>{until === undefined ? w.governance.current : instant(until)}</td>
                  <td className="e-code">{hashJa.slice(0, 16)}…</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
