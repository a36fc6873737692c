import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import type { PersonName, Purpose } from '../api/contract';
import type { Scope } from '../api/queries';
import { nameText } from '../person/name';
import { versionInForce, versionToShow } from '../roster/versions';
import { useWords } from '../words/language';
import { newDraft, record, type Draft, type RecordKind } from './record';
import { RecordDone } from './record-done';
import { RecordForm } from './record-form';
import { RecordReview } from './record-review';

interface RecordDialogProps {
  readonly kind: RecordKind;
  readonly alumnusId: string;
  readonly name: PersonName | null | undefined;
  readonly purposes: readonly Purpose[];
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Records a consent, a refusal, a withdrawal or a request: filled in, looked over, then recorded. */
export function RecordDialog({
  kind,
  alumnusId,
  name,
  purposes,
  scope,
  onClose,
}: RecordDialogProps): ReactNode {
  const { w, language } = useWords();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => newDraft(kind, scope, language));
  const [reviewing, setReviewing] = useState(false);
  const purpose = purposes.find(({ purposeId }) => purposeId === draft.purposeId);
  // A withdrawal counts also after the purpose has ended.
  const version = kind === 'withdrawal' ? versionToShow(purpose) : versionInForce(purpose);
  const recording = useAct(
    (input: Parameters<typeof record>[0], key) => record(input, key),
    () => queries.invalidateQueries({ queryKey: ['alumni'] }),
  );
  const person = nameText(name);

  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': w.shell.close }}
      title={[w.consent.record[kind], person].filter(Boolean).join(' — ')}
    >
      {recording.data ? (
        <RecordDone
          kind={kind}
          alumnusId={alumnusId}
          purposeId={draft.purposeId}
          answer={recording.data}
          onClose={onClose}
        />
      ) : purpose === undefined || version === undefined ? (
        <p>{w.consent.noticeNone}</p>
      ) : reviewing ? (
        <RecordReview
          kind={kind}
          draft={draft}
          person={person}
          purpose={purpose}
          version={version}
          busy={recording.isPending}
          error={recording.error}
          onBack={() => setReviewing(false)}
          onConfirm={() => recording.mutate({ kind, alumnusId, draft, purposeVersion: version.version })}
        />
      ) : (
        <RecordForm
          kind={kind}
          draft={draft}
          purposes={purposes}
          version={version}
          onChange={setDraft}
          onCancel={onClose}
          onReview={() => setReviewing(true)}
        />
      )}
    </Modal>
  );
}
