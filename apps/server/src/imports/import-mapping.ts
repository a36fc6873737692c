import type { ImportJob } from '@enishi/application';
import { messageOf, type Mapping } from '@enishi/intake';
import { ProblemError } from '../problem';
import { fieldsOf, mappingProblemsOf } from './import-kinds';
import { intakeMessages } from './import-view';
import type { MapImportDto } from './imports.dto';

type Reading = Pick<ImportJob, 'mapping' | 'options'>;

/**
 * What the columns fill after a change; a saved mapping counts for the columns that this file has.
 * @throws ProblemError 422 for columns or fields that do not exist
 */
export function remapped(job: ImportJob, body: MapImportDto, saved: Reading | undefined): Reading {
  const { headers } = job.recognition;
  const columns = saved?.mapping ?? body.columns ?? {};
  const present = Object.entries(columns).filter(([header]) => !saved || headers.includes(header));
  const mapping = { ...job.mapping, ...Object.fromEntries(present) } as Mapping;
  const unknown = mappingProblemsOf({ ...job, mapping }).filter(
    ({ code }) => code === 'column-unknown' || code === 'field-unknown',
  );
  if (unknown.length > 0) {
    const errors = unknown.map(({ code, column, field }) => {
      return { path: column ?? field ?? '', code, message: code, messages: intakeMessages(code) };
    });
    throw new ProblemError(
      422,
      'mapping-not-valid',
      'The mapping names columns or fields that do not exist',
      { errors, fields: fieldsOf(job.options.kind).fields },
    );
  }
  const before = saved?.options ?? job.options;
  const options = {
    ...(job.options.kind !== undefined && { kind: job.options.kind }),
    freeText: body.freeText ?? before.freeText,
    dateOrder: body.dateOrder ?? before.dateOrder,
    source: body.source ?? before.source,
  };
  return { mapping, options };
}

/** @throws ProblemError 422 for a mapping that is not complete, with what is missing */
export function requireComplete(job: ImportJob): void {
  const problems = mappingProblemsOf(job);
  if (problems.length === 0) return;
  const errors = problems.map(({ code, column, field, params }) => {
    const message = messageOf(code, 'en', params).problem;
    return { path: column ?? field ?? '', code, message, messages: intakeMessages(code, params) };
  });
  throw new ProblemError(422, 'mapping-not-valid', 'The mapping is not complete', {
    errors,
    required: fieldsOf(job.options.kind).required,
  });
}
