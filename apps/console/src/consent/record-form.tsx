import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { ContactChannel, Purpose, PurposeVersion } from '../api/contract';
import { tokyoNow, type Language } from '../words/dates';
import { useWords } from '../words/language';
import { hasEnded, versionToShow } from '../roster/versions';
import { AnswerFields } from './answer-fields';
import { Choice } from './choice';
import {
  answersNotice,
  faultsOf,
  isAnswer,
  showsNotice,
  type Draft,
  type Fault,
  type RecordKind,
} from './record';

const LANGUAGES: readonly Language[] = ['ja', 'en'];

interface RecordFormProps {
  readonly kind: RecordKind;
  readonly draft: Draft;
  readonly purposes: readonly Purpose[];
  readonly version: PurposeVersion;
  readonly onChange: (draft: Draft) => void;
  readonly onCancel: () => void;
  readonly onReview: () => void;
}

/** The first field that a complaint stands at. */
function fieldAtFault(form: HTMLFormElement | null): HTMLElement | null | undefined {
  let around: Element | null | undefined = form?.querySelector('[class*="-error"]');
  while (around && !around.querySelector('input, select')) around = around.parentElement;
  return around?.querySelector<HTMLElement>('input, select');
}

/** What is to be recorded. Shows the notice as it stands in the version in force, in the language chosen. */
export function RecordForm(props: RecordFormProps): ReactNode {
  const { kind, draft, purposes, version, onChange, onCancel, onReview } = props;
  const { w, language } = useWords();
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const form = useRef<HTMLFormElement>(null);
  // The form is longer than the screen: what is missing first is brought into sight.
  useEffect(() => {
    if (faults.length > 0) fieldAtFault(form.current)?.focus();
  }, [faults]);
  const set = (changes: Partial<Draft>): void => onChange({ ...draft, ...changes });
  const fault = (name: Fault): string | undefined => (faults.includes(name) ? w.consent[name] : undefined);

  const choosable = kind === 'withdrawal' ? purposes : purposes.filter((one) => !hasEnded(one));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = faultsOf(kind, draft, tokyoNow());
    setFaults(found);
    if (found.length === 0) onReview();
  };
  const setPurpose = (purposeId: string): void => {
    const channels =
      versionToShow(purposes.find((one) => one.purposeId === purposeId))?.content.channels ?? [];
    set({ purposeId, channels: draft.channels.filter((one) => channels.includes(one)), noticeSeen: false });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <p className="e-small" style={{ margin: 0 }}>
          {w.consent.intros[kind]}
        </p>
        <NativeSelect
          label={w.consent.purpose}
          value={draft.purposeId}
          onChange={({ currentTarget }) => setPurpose(currentTarget.value)}
          data={choosable.map(({ purposeId, title }) => ({ value: purposeId, label: title[language] }))}
        />
        <Checkbox.Group
          label={w.consent.channels}
          required
          description={w.consent.channelsHint}
          error={fault('channelsMissing')}
          value={[...draft.channels]}
          onChange={(channels) => set({ channels: channels as ContactChannel[] })}
        >
          <Group gap="lg" mt={6}>
            {version.content.channels.map((channel) => (
              <Checkbox key={channel} value={channel} label={w.terms.contactChannel[channel]} />
            ))}
          </Group>
        </Checkbox.Group>

        {showsNotice(kind) && (
          <div>
            <NativeSelect
              label={w.consent.language}
              value={draft.language}
              onChange={({ currentTarget }) =>
                set({ language: currentTarget.value as Language, noticeSeen: false })
              }
              data={LANGUAGES.map((value) => ({ value, label: w.terms.language[value] }))}
              maw={240}
              mb={8}
            />
            <div className="e-small" style={{ fontWeight: 500 }}>
              {w.consent.notice(String(version.version))}
            </div>
            <div
              className="e-notice"
              lang={draft.language}
              tabIndex={0}
              role="region"
              aria-label={w.consent.notice(String(version.version))}
            >
              {version.content.notice[draft.language]}
            </div>
            {answersNotice(kind) && (
              <Checkbox
                mt="xs"
                label={w.consent.noticeSeen}
                checked={draft.noticeSeen}
                error={fault('noticeSeenMissing')}
                onChange={({ currentTarget }) => set({ noticeSeen: currentTarget.checked })}
              />
            )}
          </div>
        )}

        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="md">
          <Choice
            label={isAnswer(kind) ? w.consent.capture : w.consent.captureRequest}
            value={draft.captureChannel}
            words={w.terms.captureChannel}
            error={fault('captureMissing')}
            onChoose={(captureChannel) => set({ captureChannel })}
          />
          <TextInput
            type="datetime-local"
            label={w.consent.effectiveAt}
            description={w.consent.effectiveHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            max={tokyoNow()}
            value={draft.effectiveAt}
            error={fault('effectiveFuture')}
            onChange={({ currentTarget }) => set({ effectiveAt: currentTarget.value })}
          />
        </SimpleGrid>
        {isAnswer(kind) && <AnswerFields draft={draft} fault={fault} onSet={set} />}

        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {w.shell.cancel}
          </Button>
          <Button type="submit">{w.consent.review}</Button>
        </Group>
      </Stack>
    </form>
  );
}
