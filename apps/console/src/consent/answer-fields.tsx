import { Button, FileButton, Group, Input, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { Choice } from './choice';
import type { Draft, Fault } from './record';

interface AnswerFieldsProps {
  readonly draft: Draft;
  readonly fault: (name: Fault) => string | undefined;
  readonly onSet: (changes: Partial<Draft>) => void;
}

/** What is kept with an answer: its form, how identity was confirmed, who gave it, and the evidence. */
export function AnswerFields({ draft, fault, onSet }: AnswerFieldsProps): ReactNode {
  const { w } = useWords();
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="md">
        <Choice
          label={w.consent.method}
          value={draft.method}
          words={w.terms.method}
          error={fault('methodMissing')}
          onChoose={(method) => onSet({ method })}
        />
        <Choice
          label={w.consent.identity}
          value={draft.identityCheck}
          words={w.terms.identityCheck}
          error={fault('identityMissing')}
          onChoose={(identityCheck) => onSet({ identityCheck })}
        />
        <Choice
          label={w.consent.party}
          value={draft.party}
          words={w.consent.parties}
          error={fault('partyMissing')}
          onChoose={(party) => onSet({ party })}
        />
        {draft.party === 'legal-representative' && (
          <>
            <TextInput
              label={w.consent.representativeName}
              value={draft.representativeName}
              error={fault('representativeMissing')}
              required
              maxLength={100}
              onChange={({ currentTarget }) => onSet({ representativeName: currentTarget.value })}
            />
            <TextInput
              label={w.consent.representativeRelation}
              value={draft.representativeRelation}
              required
              maxLength={100}
              onChange={({ currentTarget }) => onSet({ representativeRelation: currentTarget.value })}
            />
          </>
        )}
      </SimpleGrid>
      <Textarea
        label={w.consent.evidence}
        description={w.consent.evidenceHint}
        value={draft.evidence}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={({ currentTarget }) => onSet({ evidence: currentTarget.value })}
      />
      <Input.Wrapper
        label={w.consent.file}
        labelElement="div"
        description={w.consent.fileHint}
        error={fault('fileTooLarge')}
      >
        <Group gap="sm" mt={6}>
          <FileButton onChange={(file) => onSet({ file })} inputProps={{ 'aria-label': w.consent.file }}>
            {(button) => (
              <Button variant="default" size="xs" {...button}>
                {w.consent.fileChoose}
              </Button>
            )}
          </FileButton>
          {draft.file && (
            <>
              <span className="e-small">{draft.file.name}</span>
              <Button
                variant="subtle"
                size="xs"
                color="red"
                c="var(--e-red)"
                onClick={() => onSet({ file: null })}
              >
                {w.consent.fileRemove}
              </Button>
            </>
          )}
        </Group>
      </Input.Wrapper>
    </>
  );
}
