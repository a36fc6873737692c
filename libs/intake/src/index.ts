export { parseLeavers, type LeaverResult, type ParseCode, type ParseOptions } from './leavers';
export { HEAD_BYTES, recognise, type FileRefusal, type RecognitionCode } from './recognise';
export {
  type FileRecognition,
  type Note,
  type NoteCode,
  type SheetRecognition,
  type TextRecognition,
} from './recognition';
export { openFile, refusalOf, type OpenFile } from './file';
export { type OpenWorkbook } from './workbook/extract';
export { type SheetName, type WorkbookLimits } from './workbook/refusal';
export { type RandomAccess } from './zip-source';
export { type Layout } from './layouts';
export {
  checkMapping,
  LEAVER_FIELDS,
  proposeMapping,
  REQUIRED_FIELDS,
  type ColumnProposal,
  type LeaverField,
  type Mapping,
  type MappingProblem,
  type MappingProblemCode,
} from './columns';
export { type CellCode } from './cells';
export {
  checkConsentMapping,
  CONSENT_FIELDS,
  proposeConsentMapping,
  REQUIRED_CONSENT_FIELDS,
  type ConsentColumnProposal,
  type ConsentMapping,
} from './consent-columns';
export { parseConsents, type ConsentResult, type ConsentRow } from './consents';
export { type LeaverRow, type Problem, type Severity } from './rows';
export { type CsvFaultCode, type Encoding, type Separator } from './csv';
export { type DateOrder, type DayFault } from './days';
export { readPhone } from './contact';
export { normaliseEmployeeNumber, normaliseKana, normaliseName } from './text';
export { type RefusedColumn, type RefusedItem } from './sensitive';
export { generateLeavers, type GenerateOptions } from './generate';
export { INTAKE_CODES, messageOf, noteOf, REFUSED_ITEM_NAMES, type IntakeCode } from './messages';
export { type Message } from './message';
export { LARGEST_SCAN, SCAN_HEAD_BYTES, scanTypeOf, SCAN_TYPES, type ScanType } from './scans/scan-type';
export { isDebris, scanKey } from './scans/scan-name';
export { MOST_SCANS, openScanZip, ScanZipRefused } from './scans/scan-zip';
