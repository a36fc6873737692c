import type { Pair } from '@enishi/domain';

/** Stream names, as `ledger.md` fixes them. */
export const COMPANY_STREAM = 'company';
export const HANDLING_RULES_STREAM = 'handling-rules';
export const PUBLICATION_STREAM = 'publication';
export const purposeStream = (purposeId: string) => `purpose-${purposeId}`;
export const programmeStream = (programmeId: string) => `programme-${programmeId}`;
export const alumnusStream = (alumnusId: string) => `alumnus-${alumnusId}`;
export const consentStream = (alumnusId: string, purposeId: string) => `consent-${alumnusId}.${purposeId}`;
export const linkStream = ({ alumnusId, otherId }: Pair) => `link-${alumnusId}.${otherId}`;
export const lifecycleStream = (alumnusId: string) => `lifecycle-${alumnusId}`;
export const systemStream = (systemId: string) => `system-${systemId}`;
export const importStream = (importId: string) => `import-${importId}`;
export const exportStream = (exportId: string) => `export-${exportId}`;
export const recipientStream = (recipientId: string) => `recipient-${recipientId}`;
export const provisionStream = (provisionId: string) => `provision-${provisionId}`;
export const receiptStream = (receiptId: string) => `receipt-${receiptId}`;
export const recipientsStream = (alumnusId: string) => `recipients-${alumnusId}`;
export const erasureStream = (erasureId: string) => `erasure-${erasureId}`;
export const requestStream = (requestId: string) => `request-${requestId}`;
export const ACCESS_LOG_STREAM = 'access-log';
export const CHECKPOINT_STREAM = 'checkpoint';
export const ACCOUNTS_STREAM = 'accounts';
export const SELF_CHECK_STREAM = 'self-check';
export const VAULT_STREAM = 'vault';
export const RECOVERY_STREAM = 'recovery';
export const LAW_STREAM = 'law';
export const CLOCK_STREAM = 'clock';
export const letterTemplateStream = (kind: string) => `letter-template-${kind}`;
export const LETTER_NUMBERING_STREAM = 'letter-numbering';
/** One event for each number of a year. */
export const letterNumbersStream = (year: number) => `letters-${year}`;
export const letterStream = (letterId: string) => `letter-${letterId}`;
export const DIGEST_STREAM = 'digest';
export const refusedStream = (commandId: string) => `refused-${commandId}`;
