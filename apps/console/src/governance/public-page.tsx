import { Button, Group, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { pagePreviewQuery, type PagePreview } from './governance';
import { PageVersions } from './page-versions';
import { PublishDialog } from './publish-dialog';

/** The public page: what is missing, what has changed, what publishing would come to, and every version. */
export function PublicPage(): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const preview = useQuery(pagePreviewQuery);
  const [done, setDone] = useState<number>();
  return (
    <Page title={w.governance.pageTitle} narrow>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.governance.pageIntro}
      </p>
      {done !== undefined && (
        <Notice tone="teal" role="status" focus key={done}>
          <p>{w.governance.published(number(done))}</p>
        </Notice>
      )}
      {preview.isError ? (
        <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.isPending ? (
        <Skeleton h={320} />
      ) : (
        <Next preview={preview.data} may={can('governance:write')} onDone={setDone} />
      )}
      <PageVersions />
    </Page>
  );
}

interface NextProps {
  readonly preview: PagePreview;
  readonly may: boolean;
  readonly onDone: (version: number) => void;
}

/** The page as it would be published now. */
function Next({ preview, may, onDone }: NextProps): ReactNode {
  const { w, number } = useWords();
  const [asking, setAsking] = useState(false);
  const { version, basis, published, changed, shows } = preview;
  const same = published && changed.length === 0;
  return (
    <div className={css.cards}>
      <Standing preview={preview} />
      {changed.length > 0 && (
        <section aria-labelledby="changed">
          <Title order={2} id="changed">
            {w.governance.changed}
          </Title>
          <ul className={css.plain}>
            {changed.map((one) => (
              <li key={one}>{w.governance.change[one] ?? one}</li>
            ))}
          </ul>
        </section>
      )}
      {shows.length > 0 && <Shows shows={shows} />}
      <Group gap={16}>
        {basis !== undefined && !same && may && (
          <Button onClick={() => setAsking(true)}>{w.governance.publish(number(version))}</Button>
        )}
        {basis !== undefined && (
          <span>
            {w.governance.preview}:{' '}
            {(['ja', 'en'] as const).map((one) => (
              <a
                key={one}
                href={`/v1/publication/preview/page?lang=${one}`}
                target="_blank"
                rel="noreferrer"
                style={{ marginRight: 12 }}
              >
                {w.governance.previewIn[one]}
              </a>
            ))}
          </span>
        )}
        {published && (
          <a href="/privacy" target="_blank" rel="noreferrer">
            {w.governance.publicPage}
          </a>
        )}
      </Group>
      {asking && basis !== undefined && (
        <PublishDialog
          version={version}
          basis={basis}
          firstShown={shows.filter(({ first }) => first).length}
          onDone={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

/** Whether the page can be published, and whether there is anything to publish. */
function Standing({ preview: { missing, published, changed } }: Pick<NextProps, 'preview'>): ReactNode {
  const { w, language } = useWords();
  if (missing.length > 0) {
    return (
      <Notice tone="amber" title={w.governance.cannot}>
        <ul className={css.plain}>
          {missing.map(({ code, messages }) => (
            <li key={code}>{messages[language]}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (!published) return <Notice tone="amber" title={w.governance.notPublished} />;
  return changed.length === 0 ? (
    <Notice tone="teal" title={w.governance.upToDate} />
  ) : (
    <Notice tone="amber" title={w.governance.outOfDate} />
  );
}

function Shows({ shows }: Pick<PagePreview, 'shows'>): ReactNode {
  const { w, language, number } = useWords();
  const c = w.governance.showColumns;
  return (
    <section>
      <Title order={2} mb="xs">
        {w.governance.shows}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.governance.shows}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{c.purpose}</th>
              <th scope="col" className="e-num">
                {c.version}
              </th>
              <th scope="col">{c.effect}</th>
            </tr>
          </thead>
          <tbody>
            {shows.map(({ purposeId, version, title, first }) => (
              <tr key={`${purposeId} ${version}`}>
                <td>{title[language]}</td>
                <td className="e-num">{number(version)}</td>
                <td>{first ? w.governance.firstShown : w.governance.alreadyShown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
