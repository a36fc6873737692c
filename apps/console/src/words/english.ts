import { audit } from './en/audit';
import { duplicates } from './en/duplicates';
import { erasure } from './en/erasure';
import { governance } from './en/governance';
import { imports } from './en/imports';
import { consent, person } from './en/person';
import { requests } from './en/requests';
import { roster } from './en/roster';
import { nowhere, problems, shell, signIn } from './en/shell';
import { terms } from './en/terms';
import { work } from './en/work';
import type { Words } from './words';

/** The English catalogue. */
export const en: Words = {
  shell,
  signIn,
  nowhere,
  problems,
  audit,
  duplicates,
  erasure,
  governance,
  imports,
  roster,
  person,
  consent,
  requests,
  work,
  terms,
};
