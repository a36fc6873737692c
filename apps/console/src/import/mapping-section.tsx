import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LeaversImport, MappingRequest } from '../api/import-contract';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { MappingOptions } from './mapping-options';
import { MappingTable } from './mapping-table';
import { SavedMappings } from './saved-mappings';

interface MappingSectionProps {
  readonly one: LeaversImport;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onMap: (request: MappingRequest) => Promise<unknown>;
}

/** What each column goes into, and how values are read. Every change is kept at once. */
export function MappingSection({ one, busy, error, onMap }: MappingSectionProps): ReactNode {
  const { w, language } = useWords();
  const missing = one.mappingProblems.filter(({ code, field }) => code === 'field-required' && field);
  const others = one.mappingProblems.filter((problem) => !missing.includes(problem));
  const change = (request: MappingRequest): void => void onMap(request).catch(() => undefined);
  return (
    <div aria-busy={busy}>
      <Title order={2}>{w.imports.mapping}</Title>
      <p className="e-small e-dim" style={{ margin: '4px 0 12px' }}>
        {w.imports.mappingIntro}
      </p>
      {missing.length > 0 && (
        <Notice
          tone="red"
          role="status"
          title={w.imports.missing(
            missing
              .map(
                ({ field }) =>
                  w.imports.consentField[field ?? ''] ?? w.terms.leaverField[field ?? ''] ?? field,
              )
              .join(w.shell.comma),
          )}
        >
          {w.imports.missingNow}
        </Notice>
      )}
      {others.map((problem, index) => (
        <Notice key={index} tone="red" role="status">
          {problem.messages?.[language] ?? problem.code}
        </Notice>
      ))}
      {error != null && <ProblemNote error={error} />}
      <SavedMappings busy={busy} onMap={onMap} />
      <MappingTable
        columns={one.columns}
        fields={one.fields}
        freeText={one.options.freeText}
        problems={one.mappingProblems}
        onField={(header, field) => change({ columns: { [header]: field } })}
      />
      <MappingOptions options={one.options} onChange={change} />
    </div>
  );
}
