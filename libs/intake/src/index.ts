export { parseLeavers, type LeaverResult, type ParseCode, type ParseOptions } from './leavers';
export {
  HEAD_BYTES,
  recognise,
  type FileRecognition,
  type FileRefusal,
  type RecognitionCode,
} from './recognise';
export {
  checkMapping,
  LEAVER_FIELDS,
  proposeMapping,
  REQUIRED_FIELDS,
  type ColumnProposal,
  type Layout,
  type LeaverField,
  type Mapping,
  type MappingProblem,
  type MappingProblemCode,
} from './columns';
export { type CellCode, type LeaverRow, type Problem, type Severity } from './rows';
export { type CsvFaultCode, type Encoding, type Separator } from './csv';
export { type DateOrder, type DayFault } from './days';
export { readPhone } from './contact';
export { normaliseEmployeeNumber, normaliseKana, normaliseName } from './text';
export { type RefusedColumn, type RefusedItem } from './sensitive';
export { generateLeavers, type GenerateOptions } from './generate';
export { INTAKE_CODES, messageOf, REFUSED_ITEM_NAMES, type IntakeCode, type Message } from './messages';
