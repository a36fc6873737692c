import { audit } from './ja/audit';
import { duplicates } from './ja/duplicates';
import { erasure } from './ja/erasure';
import { governance } from './ja/governance';
import { imports } from './ja/imports';
import { consent, person } from './ja/person';
import { requests } from './ja/requests';
import { roster } from './ja/roster';
import { nowhere, problems, shell, signIn } from './ja/shell';
import { terms } from './ja/terms';
import { work } from './ja/work';

/** The Japanese catalogue; the English one has its shape, so a text that is missing there does not compile. */
export const ja = {
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

/** Every text of the console. */
export type Words = typeof ja;
