import { Button, Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Purpose, PurposeVersion } from '../api/contract';
import { ProblemNote } from '../app/problem-note';
import { tokyoInstant } from '../words/dates';
import { useWords } from '../words/language';
import { isAnswer, showsNotice, type Draft, type RecordKind } from './record';

interface RecordReviewProps {
  readonly kind: RecordKind;
  readonly draft: Draft;
  readonly person: string | undefined;
  readonly purpose: Purpose;
  readonly version: PurposeVersion;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
}

/** Everything that will be recorded, once more, before it is. */
export function RecordReview(props: RecordReviewProps): ReactNode {
  const { kind, draft, person, purpose, version, busy, error, onBack, onConfirm } = props;
  const { w, language, instant, number } = useWords();
  const c = w.consent;
  const party =
    draft.party === 'legal-representative'
      ? `${c.parties[draft.party]} ${draft.representativeName} ${draft.representativeRelation}`
      : c.parties.person;
  const pairs: (readonly [string, string])[] = [
    [c.person, person ?? w.roster.erasedName],
    [c.purpose, `${purpose.title[language]} ${c.version(String(version.version))}`],
    [c.channels, draft.channels.map((channel) => w.terms.contactChannel[channel]).join(w.shell.comma)],
    [isAnswer(kind) ? c.capture : c.captureRequest, wordOf(w.terms.captureChannel, draft.captureChannel)],
    [c.effectiveAt, draft.effectiveAt === '' ? c.now : instant(tokyoInstant(draft.effectiveAt) ?? '')],
  ];
  if (showsNotice(kind)) pairs.push([c.language, w.terms.language[draft.language]]);
  if (isAnswer(kind)) {
    pairs.push(
      [c.method, wordOf(w.terms.method, draft.method)],
      [c.identity, wordOf(w.terms.identityCheck, draft.identityCheck)],
    );
    pairs.push([c.party, party], [c.evidence, draft.evidence.trim() || c.noFile]);
    pairs.push([c.file, draft.file?.name ?? c.noFile]);
  }

  return (
    <Stack gap="md">
      <Title order={2}>{c.reviewTitle}</Title>
      <dl className="e-pairs">
        {pairs.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {error != null && <ProblemNote error={error} />}
      <span role="status" className="e-small e-dim">
        {busy && draft.file ? c.uploading : ''}
      </span>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack} disabled={busy}>
          {c.edit}
        </Button>
        <Button onClick={onConfirm} loading={busy} data-autofocus>
          {c.confirm[kind](number(draft.channels.length))}
        </Button>
      </Group>
    </Stack>
  );
}

/** The word of a code; nothing for what was not chosen, which never comes as far as here. */
function wordOf<Code extends string>(words: Readonly<Record<Code, string>>, code: Code | ''): string {
  return code === '' ? '' : words[code];
}
