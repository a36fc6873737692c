import type { ImportJob, ImportKind } from '@enishi/application';
import {
  checkConsentMapping,
  checkMapping,
  CONSENT_FIELDS,
  LEAVER_FIELDS,
  proposeConsentMapping,
  proposeMapping,
  REQUIRED_CONSENT_FIELDS,
  REQUIRED_FIELDS,
  type FileRecognition,
  type Mapping,
} from '@enishi/intake';
import { ProblemError } from '../problem';

/** Where it is said what a file is about: a header, as for the sheet. */
export const CONTENT_HEADER = 'enishi-content';

/** What the file is about; leavers unless said. @throws ProblemError 400 */
export function kindOf(header: string | string[] | undefined): ImportKind {
  if (header === undefined || header === 'leavers') return 'leavers';
  if (header === 'consents') return 'consents';
  throw new ProblemError(400, 'content-not-valid', 'Enishi-Content must be leavers or consents');
}

/** The fields that columns may fill, and those that they must. */
export function fieldsOf(kind: ImportKind | undefined) {
  return kind === 'consents'
    ? { fields: CONSENT_FIELDS, required: REQUIRED_CONSENT_FIELDS }
    : { fields: LEAVER_FIELDS, required: REQUIRED_FIELDS };
}

/** What is proposed for the columns of a file. */
export function proposalOf(kind: ImportKind, { headers, myNumberColumns }: FileRecognition) {
  return kind === 'consents'
    ? proposeConsentMapping(headers, myNumberColumns)
    : proposeMapping(headers, myNumberColumns);
}

/** What is wrong with a mapping. */
export function mappingProblemsOf({
  mapping,
  options,
  recognition: { headers, myNumberColumns },
}: Pick<ImportJob, 'mapping' | 'options' | 'recognition'>) {
  return options.kind === 'consents'
    ? checkConsentMapping(mapping, headers, myNumberColumns)
    : checkMapping(mapping as Mapping, headers, myNumberColumns);
}
