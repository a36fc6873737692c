import { OnAlumnusHandler, OnLifecycleHandler, RegisterByHandHandler } from './alumnus-commands';
import { OnCompanyHandler } from './company-commands';
import { OnConsentHandler } from './consent-commands';
import { OnHandlingRulesHandler, PublishPageHandler } from './governance-commands';
import { OnPairHandler } from './duplicate-commands';
import { OnErasureHandler } from './erasure/erasure-commands';
import { OnExportHandler } from './exports/export-commands';
import { OnLetterHandler, OnLetterTextsHandler, WriteLetterToHandler } from './letters/letter-commands';
import { OnHeldElsewhereHandler, OnSystemHandler } from './inventory-commands';
import { OnLawHandler } from './law-commands';
import { OnProgrammeHandler } from './programme-commands';
import { OnProvisionHandler, OnReceiptHandler } from './provision-commands';
import { OnPurposeHandler } from './purpose-commands';
import { OnRecipientHandler } from './recipient-commands';
import { OnToldHandler } from './telling-commands';
import { OnRequestHandler, ReplyToRequesterHandler } from './requests/request-commands';

/** Every handler of the command bus. */
export const COMMAND_HANDLERS = [
  OnAlumnusHandler,
  OnCompanyHandler,
  OnConsentHandler,
  OnErasureHandler,
  OnExportHandler,
  OnLetterHandler,
  OnLetterTextsHandler,
  OnHandlingRulesHandler,
  OnHeldElsewhereHandler,
  OnLawHandler,
  OnLifecycleHandler,
  OnPairHandler,
  OnProgrammeHandler,
  OnProvisionHandler,
  OnPurposeHandler,
  OnReceiptHandler,
  OnRecipientHandler,
  OnToldHandler,
  PublishPageHandler,
  OnRequestHandler,
  OnSystemHandler,
  RegisterByHandHandler,
  ReplyToRequesterHandler,
  WriteLetterToHandler,
];
