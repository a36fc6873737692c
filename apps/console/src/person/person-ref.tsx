import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { alumnusQuery } from '../api/queries';
import { useWords } from '../words/language';
import { NameWithKana, nameText } from './name';
import css from './person.module.css';

/** A person whom an id stands for, by name and last department; who was erased keeps the id. */
export function PersonRef({ alumnusId }: { readonly alumnusId: string }): ReactNode {
  const { w } = useWords();
  const person = useQuery(alumnusQuery(alumnusId));
  const id = <span className="e-code e-dim">{alumnusId.slice(0, 8)}</span>;
  if (person.isPending) return id;
  if (person.isError) {
    const unknown = person.error instanceof ApiProblem && person.error.status === 404;
    return (
      <span className={css.ref}>
        {unknown && <span>{w.person.picker.unknownPerson}</span>} {id}
      </span>
    );
  }
  const { name, kana, employments } = person.data;
  const department = employments.findLast((one) => one !== null)?.department;
  return (
    <span className={css.ref}>
      {nameText(name) === undefined ? (
        <span>{w.person.picker.erasedPerson}</span>
      ) : (
        <NameWithKana name={name} kana={kana} />
      )}
      {department != null && <span className="e-tiny e-dim">{department}</span>}
      {nameText(name) === undefined && id}
    </span>
  );
}

/** The name of a person for texts that need one, such as the label of a button; else the beginning of the id. */
export function usePersonName(alumnusId: string): string {
  const { data } = useQuery(alumnusQuery(alumnusId));
  return nameText(data?.name) ?? alumnusId.slice(0, 8);
}
