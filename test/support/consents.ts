import { noticeHash, schedule, version } from './purposes';
import type { Given } from './scenario';
import type { GrantConsent, RefuseConsent, RequestConsent, WithdrawConsent } from '@enishi/domain';

/** Consent commands and events of one person and one purpose, in force since 2025, by e-mail. */
export const month = (number: number) => `2026-${String(number).padStart(2, '0')}-01T00:00:00.000Z`;
export const about = {
  alumnusId: 'a1',
  purposeId: 'p1',
  schedule: schedule(...version(1, 'first', '2025-01-01T00:00:00.000Z')),
  subject: { registered: true, died: false, returned: false, erasing: false, held: false },
} as const;
export const expression = {
  captureChannel: 'paper',
  method: 'document',
  party: 'person',
  language: 'ja',
  identityCheck: 'document-seen',
} as const;
export const grant: GrantConsent = { kind: 'GrantConsent', ...about, ...expression, channels: ['email'] };
export const refuse: RefuseConsent = { kind: 'RefuseConsent', ...about, ...expression, channels: ['email'] };
export const request: RequestConsent = {
  kind: 'RequestConsent',
  ...about,
  channels: ['email'],
  captureChannel: 'web-form',
  language: 'ja',
  linked: [],
};
const { language: _language, ...withoutLanguage } = expression;
/** A withdrawal is in no language: no text was shown. */
export const spoken = withoutLanguage;
export const withdraw: WithdrawConsent = {
  kind: 'WithdrawConsent',
  alumnusId: 'a1',
  purposeId: 'p1',
  ...spoken,
};

export const of = { alumnusId: 'a1', purposeId: 'p1', channels: ['email'] } as const;
export const answered = { ...of, ...expression, purposeVersion: 1, noticeHash: noticeHash(1, 'ja') } as const;
export const granted: Given<'ConsentGranted'> = {
  type: 'ConsentGranted',
  data: answered,
  decidedAt: month(2),
};
export const refused: Given<'ConsentRefused'> = {
  type: 'ConsentRefused',
  data: answered,
  decidedAt: month(2),
};
export const withdrawn: Given<'ConsentWithdrawn'> = {
  type: 'ConsentWithdrawn',
  data: { ...of, ...spoken },
  decidedAt: month(3),
};
export const requested: Given<'ConsentRequested'> = {
  type: 'ConsentRequested',
  data: answered,
  decidedAt: month(1),
};
