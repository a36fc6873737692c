import { OnAlumnusHandler, OnLifecycleHandler, RegisterByHandHandler } from './alumnus-commands';
import { OnCompanyHandler } from './company-commands';
import { OnConsentHandler } from './consent-commands';
import { OnPairHandler } from './duplicate-commands';
import { OnExportHandler } from './exports/export-commands';
import { OnLetterTextsHandler } from './letters/letter-templates';
import { OnLetterHandler, WriteLetterToHandler } from './letters/letters';
import { OnProgrammeHandler } from './programme-commands';
import { OnPurposeHandler } from './purpose-commands';

/** Every handler of the command bus. */
export const COMMAND_HANDLERS = [
  OnAlumnusHandler,
  OnCompanyHandler,
  OnConsentHandler,
  OnExportHandler,
  OnLetterHandler,
  OnLetterTextsHandler,
  OnLifecycleHandler,
  OnPairHandler,
  OnProgrammeHandler,
  OnPurposeHandler,
  RegisterByHandHandler,
  WriteLetterToHandler,
];
