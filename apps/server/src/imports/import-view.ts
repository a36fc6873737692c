import type { ImportJob } from '@enishi/application';
import {
  checkMapping,
  LEAVER_FIELDS,
  messageOf,
  REFUSED_ITEM_NAMES,
  REQUIRED_FIELDS,
  type IntakeCode,
} from '@enishi/intake';

/** What is wrong and what to do, in both languages. */
export function intakeMessages(code: IntakeCode, params: Readonly<Record<string, string | number>> = {}) {
  const text = (language: 'ja' | 'en') => {
    const { problem, remedy } = messageOf(code, language, params);
    return `${problem} ${remedy}`;
  };
  return { ja: text('ja'), en: text('en') };
}

/** An import as clients see it: how the file is read, what each column fills, how far it is. No cell of it. */
export function viewOf(job: ImportJob): Record<string, unknown> {
  const { importId, state, recognition, mapping, options, counts, bytes, failure, createdAt, changedAt } =
    job;
  const { encoding, separator, layout, headers } = recognition;
  const problems = checkMapping(mapping, headers, recognition.myNumberColumns);
  return {
    importId,
    state,
    recognition: { encoding, separator, layout, headers },
    columns: job.columns.map((column) => ({
      header: column.header,
      field: mapping[column.header] ?? 'ignore',
      reason: column.reason,
      ...(column.reason === 'refused' && {
        refused: { ...column.refused, names: REFUSED_ITEM_NAMES[column.refused.item] },
      }),
    })),
    fields: LEAVER_FIELDS.map((field) => ({
      field,
      required: (REQUIRED_FIELDS as readonly string[]).includes(field),
      freeText: field === 'leavingDetail',
    })),
    mappingProblems: problems.map(({ code, column, field, params }) => ({
      code,
      column,
      field,
      messages: intakeMessages(code, params),
    })),
    options,
    counts,
    bytes,
    ...(failure !== null && { failure: { code: failure } }),
    createdAt,
    changedAt,
  };
}
