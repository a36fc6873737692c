import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { MEASURES, type RulesVersion } from './governance';

/** Whether a version of the rules is in force. */
export function RulesState({ state }: { readonly state: string }): ReactNode {
  const { w } = useWords();
  const tone = state === 'in-force' ? 'teal' : state === 'scheduled' ? 'blue' : 'grey';
  return <Tag tone={tone}>{w.governance.ruleState[state] ?? state}</Tag>;
}

/** One version: the document, who may reach what, and the measures as the public page states them. */
export function RulesVersionCard({ rules }: { readonly rules: RulesVersion }): ReactNode {
  const { w, language, number, instant } = useWords();
  const { version, state, title, documentNumber, effectiveAt, hasText, fileHash, access, measures } = rules;
  const id = `rules-${version}`;
  return (
    <section className="e-card" aria-labelledby={id}>
      <div className={css.head}>
        <Title order={2} id={id}>
          {title[language]} {w.governance.rulesVersion(number(version))}
        </Title>
        <RulesState state={state} />
      </div>
      <dl className="e-pairs" style={{ marginTop: 12 }}>
        {documentNumber !== undefined && (
          <>
            <dt>{w.governance.documentNumber}</dt>
            <dd>{documentNumber}</dd>
          </>
        )}
        <dt>{w.governance.effectiveAt}</dt>
        <dd>{instant(effectiveAt)}</dd>
        <dt>{w.governance.document}</dt>
        <dd>
          {hasText ? (
            <a href={`/v1/handling-rules/versions/${version}/text`} target="_blank" rel="noreferrer">
              {w.governance.documentOpen}
            </a>
          ) : (
            w.governance.documentElsewhere
          )}{' '}
          <span className="e-code e-dim">SHA-256 {fileHash.slice(0, 16)}…</span>
        </dd>
      </dl>
      <Title order={3} mt="md" mb={4}>
        {w.governance.access}
      </Title>
      <dl className="e-pairs">
        {access.map(({ role, scope }) => (
          <div key={role.ja} style={{ display: 'contents' }}>
            <dt>{role[language]}</dt>
            <dd>{scope[language]}</dd>
          </div>
        ))}
      </dl>
      <Title order={3} mt="md" mb={4}>
        {w.governance.measures}
      </Title>
      <dl className="e-pairs">
        {MEASURES.map((one) => (
          <div key={one} style={{ display: 'contents' }}>
            <dt>{w.governance.measure[one]}</dt>
            <dd style={{ whiteSpace: 'pre-wrap' }}>{measures[one][language]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
