/** Mail to the company's own people (通知): no number, no personal data, and nothing of it is kept. */
export const NOTICE_KINDS = [
  'evidence-waits',
  'review-due',
  'hold-review-due',
  'retention-due',
  'request-alarm',
  'digest',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What goes out to a person (発信文書): with a document number, and its exact text is kept sealed. */
export const LETTER_KINDS = [
  'request-received',
  'identity-needed',
  'request-decided-accepted',
  'request-decided-in-part',
  'request-decided-refused',
  'request-decided-deferred',
  'correction-made',
  'erasure-done',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** All that has a text which the company may write in its own words. */
export const TEMPLATE_KINDS = [...NOTICE_KINDS, ...LETTER_KINDS] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** How a letter leaves. */
export const LETTER_MEANS = ['email', 'post'] as const;
export type LetterMeans = (typeof LETTER_MEANS)[number];

/** Why a letter did not arrive: the mail server refuses it for good, every attempt was in vain, it came back. */
export const UNDELIVERED_GROUNDS = ['refused', 'attempts', 'returned'] as const;
export type UndeliveredGround = (typeof UNDELIVERED_GROUNDS)[number];

/** By which year letters are numbered: the Japanese fiscal year from April to March (年度), or the calendar's. */
export const NUMBERING_YEARS = ['fiscal', 'calendar'] as const;
export type NumberingYear = (typeof NUMBERING_YEARS)[number];
