import { duplicates } from './en/duplicates';
import { imports } from './en/imports';
import { consent, person } from './en/person';
import { roster } from './en/roster';
import { nowhere, problems, shell, signIn } from './en/shell';
import { terms } from './en/terms';
import type { Words } from './words';

/** The English catalogue. */
export const en: Words = {
  shell,
  signIn,
  nowhere,
  problems,
  duplicates,
  imports,
  roster,
  person,
  consent,
  terms,
};
