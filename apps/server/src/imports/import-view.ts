import type { ImportJob, UndoState } from '@enishi/application';
import { messageOf as refusalText } from '@enishi/domain';
import {
  INTAKE_CODES,
  messageOf,
  noteOf,
  REFUSED_ITEM_NAMES,
  type FileRecognition,
  type IntakeCode,
  type Message,
} from '@enishi/intake';

import { fieldsOf, mappingProblemsOf } from './import-kinds';

/** Progress in bytes of the file; what is read of a workbook are the lines taken out of it. */
function bytesRead({ recognition, counts, bytes }: ImportJob): number {
  if (recognition.format !== 'xlsx') return counts.bytesRead;
  return Math.round((counts.bytesRead / recognition.lineBytes) * bytes);
}

/** What is wrong and what to do, in both languages. */
export function intakeMessages(code: IntakeCode, params: Readonly<Record<string, string | number>> = {}) {
  return bilingual((language) => messageOf(code, language, params));
}

/** The same for a problem of a row, which the reading found or the rules of the ledger. */
export function problemMessages(code: string, params: Readonly<Record<string, string | number>>) {
  const known = INTAKE_CODES.find((one) => one === code);
  if (known !== undefined) return intakeMessages(known, params);
  return { ja: refusalText(code, 'ja', params), en: refusalText(code, 'en', params) };
}

function bilingual(message: (language: 'ja' | 'en') => Message) {
  const text = (language: 'ja' | 'en') => {
    const { problem, remedy } = message(language);
    return language === 'ja' ? problem + remedy : `${problem} ${remedy}`;
  };
  return { ja: text('ja'), en: text('en') };
}

/** How the file is read; of a workbook its sheet, and what a person should know before the rows are read. */
function recognitionOf(recognition: FileRecognition): Record<string, unknown> {
  const { layout, headers, headerLine } = recognition;
  if (recognition.format !== 'xlsx') {
    const { encoding, separator } = recognition;
    return { format: 'csv', encoding, separator, layout, headers, headerLine };
  }
  const { sheet, notes } = recognition;
  return {
    format: 'xlsx',
    sheet,
    layout,
    headers,
    headerLine,
    notes: notes.map(({ code, column, params }) => ({
      code,
      column,
      params,
      messages: bilingual((language) => noteOf(code, language, params)),
    })),
  };
}

/** What other places know of imports. */
export interface Beside {
  /** Of who acted, where they are known. */
  readonly names: ReadonlyMap<string, string>;
  readonly undos: ReadonlyMap<string, UndoState>;
}

/** An import as clients see it: how the file is read, what each column fills, how far it is. No cell of it. */
export function viewOf(job: ImportJob, beside?: Beside): Record<string, unknown> {
  const { importId, state, recognition, mapping, options, counts, bytes, failure, actor } = job;
  const { createdAt, changedAt } = job;
  const actorName = beside?.names.get(actor);
  const undo = beside?.undos.get(importId);
  const problems = mappingProblemsOf(job);
  const { fields, required } = fieldsOf(options.kind);
  return {
    importId,
    state,
    recognition: recognitionOf(recognition),
    columns: job.columns.map((column) => ({
      header: column.header,
      field: mapping[column.header] ?? 'ignore',
      reason: column.reason,
      ...(column.reason === 'refused' && {
        refused: { ...column.refused, names: REFUSED_ITEM_NAMES[column.refused.item] },
      }),
    })),
    fields: fields.map((field) => ({
      field,
      required: (required as readonly string[]).includes(field),
      freeText: field === 'leavingDetail',
    })),
    mappingProblems: problems.map(({ code, column, field, params }) => ({
      code,
      column,
      field,
      messages: intakeMessages(code, params),
    })),
    options: { ...options, kind: options.kind ?? 'leavers' },
    counts: { ...counts, bytesRead: bytesRead(job) },
    bytes,
    ...(failure !== null && { failure: { code: failure } }),
    ...(undo !== undefined && { undo }),
    actor,
    ...(actorName !== undefined && { actorName }),
    createdAt,
    changedAt,
  };
}
