export {
  parseLeavers,
  MappingRefused,
  type LeaverResult,
  type ParseCode,
  type ParseOptions,
} from './leavers';
export {
  HEAD_BYTES,
  recognise,
  type FileRecognition,
  type FileRefusal,
  type RecognitionCode,
} from './recognise';
export {
  checkMapping,
  LAYOUTS,
  LEAVER_FIELDS,
  PLAIN_COLUMNS,
  plainHeader,
  proposeMapping,
  REQUIRED_FIELDS,
  type ColumnProposal,
  type Layout,
  type LeaverField,
  type Mapping,
  type MappingProblem,
  type MappingProblemCode,
} from './columns';
export {
  identityKey,
  rowDigestInput,
  type CellCode,
  type LeaverRow,
  type Problem,
  type Severity,
} from './rows';
export { ENCODINGS, SEPARATORS, type CsvFaultCode, type Encoding, type Separator } from './csv';
export { readDay, type DateOrder, type DayFault } from './days';
export { readEmail, readPhone } from './contact';
export { readEmploymentKind, readLeavingKind } from './kinds';
export { normaliseEmployeeNumber, normaliseKana, normaliseName, normaliseText } from './text';
export {
  holdsMyNumber,
  isMyNumber,
  REFUSED_ITEMS,
  refusedColumn,
  seemsSensitive,
  type RefusedColumn,
  type RefusedItem,
} from './sensitive';
export { generateLeavers, type GenerateOptions } from './generate';
export { INTAKE_CODES, messageOf, REFUSED_ITEM_NAMES, type IntakeCode, type Message } from './messages';
