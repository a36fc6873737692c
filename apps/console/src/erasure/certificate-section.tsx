import { Button, Group, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from '../app/problem-note';
import { saveFile } from '../app/save-file';
import { useWords } from '../words/language';
import { certificateQuery, erasurePath } from './erasures';

/** What proves that the data are gone, to read, to print and to check without this server. */
export function CertificateSection({ erasureId }: { readonly erasureId: string }): ReactNode {
  const { w, language, number, instant } = useWords();
  const certificate = useQuery(certificateQuery(erasureId));
  if (certificate.isError)
    return <ProblemNote error={certificate.error} onRetry={() => void certificate.refetch()} />;
  if (certificate.isPending) return <Skeleton h={240} />;
  const { people, categories, destroyedFrom, destroyedUntil, digest, event, irrecoverableFrom } =
    certificate.data;
  const f = w.erasure.certificateFacts;
  const { proof } = event;
  return (
    <section className="e-card" aria-labelledby="certificate">
      <Title order={2} id="certificate" mb={4}>
        {w.erasure.certificate}
      </Title>
      <p className="e-small e-dim" style={{ margin: '0 0 12px' }}>
        {w.erasure.certificateText}
      </p>
      <dl className="e-pairs">
        <dt>{f.people}</dt>
        <dd>{w.shell.people(number(people))}</dd>
        <dt>{f.keys}</dt>
        <dd>
          {categories
            .map(
              ({ category, keys }) =>
                `${w.erasure.category[category] ?? category} ${w.erasure.keysOf(number(keys))}`,
            )
            .join(w.shell.comma) || '–'}
        </dd>
        {destroyedFrom !== undefined && destroyedUntil !== undefined && (
          <>
            <dt>{f.destroyed}</dt>
            <dd>
              {instant(destroyedFrom, true)} – {instant(destroyedUntil, true)}
            </dd>
          </>
        )}
        <dt>{f.approvedBy}</dt>
        <dd>{certificate.data.approvedByName ?? certificate.data.approvedBy.split(':')[0]}</dd>
        <dt>{f.digest}</dt>
        <dd className="e-code">{digest}</dd>
        <dt>{f.event}</dt>
        <dd className="e-code">{event.eventId}</dd>
        <dt>{f.irrecoverable}</dt>
        <dd>{irrecoverableFrom ? instant(irrecoverableFrom.at) : f.notYet}</dd>
      </dl>
      <Group mt="md" gap={8}>
        <Button
          component="a"
          href={`${erasurePath(erasureId)}/certificate/pdf?language=${language}`}
          download
        >
          {w.erasure.pdf}
        </Button>
        {proof === undefined ? (
          <span className="e-small e-dim">{w.erasure.proofLater}</span>
        ) : (
          <Button
            variant="default"
            onClick={() => saveFile(new Blob([proof], { type: 'text/plain' }), `${event.eventId}.tlog-proof`)}
          >
            {w.erasure.proof}
          </Button>
        )}
      </Group>
    </section>
  );
}
