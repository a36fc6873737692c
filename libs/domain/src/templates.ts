import type { Bilingual, CompanyParty, ContactPoint, PurposeContent } from './shapes';
import { PROGRAMMES, type ProgrammeTemplate } from './templates/programmes';
import { TIE_PURPOSES } from './templates/purposes-tie';
import { WORK_PURPOSES } from './templates/purposes-work';
import type { Language } from './terms';

export type { ProgrammeTemplate };

/** Codes of the ready templates; each names a purpose and the programme that offers it. */
export const TEMPLATE_CODES = [
  'rehire',
  'contract-work',
  'referral',
  'community',
  'news',
  'advisory',
  'benefits',
  'business-collaboration',
] as const;
export type TemplateCode = (typeof TEMPLATE_CODES)[number];

const PURPOSES: Readonly<Record<TemplateCode, PurposeContent>> = { ...WORK_PURPOSES, ...TIE_PURPOSES };
const OFFERED: Readonly<Record<TemplateCode, ProgrammeTemplate>> = PROGRAMMES;

/**
 * Purposes by code, complete for an ISO/IEC TS 27560 record but for the company's particulars: `{company}`,
 * `{address}`, `{representative}` and `{contactPoint}` stand for them. See {@link resolveTemplate}.
 */
export const PURPOSE_TEMPLATES: Readonly<Record<string, PurposeContent>> = PURPOSES;

/** Programmes by code, without the ids of their purposes. */
export const PROGRAMME_TEMPLATES: Readonly<Record<string, ProgrammeTemplate>> = OFFERED;

/**
 * A purpose template with the company's particulars filled in: what is drafted, hashed and shown.
 *
 * @param contactPoint absent: the company's own contact stands for it
 */
export function resolveTemplate(
  template: PurposeContent,
  company: CompanyParty,
  contactPoint?: ContactPoint,
): PurposeContent {
  const values = {
    ja: placeholders('ja', company, contactPoint),
    en: placeholders('en', company, contactPoint),
  };
  const fill = (text: Bilingual): Bilingual => ({
    ja: filled(text.ja, values.ja),
    en: filled(text.en, values.en),
  });
  return {
    ...template,
    title: fill(template.title),
    notice: fill(template.notice),
    collectionMethod: fill(template.collectionMethod),
    processingMethod: fill(template.processingMethod),
    retentionPeriod: fill(template.retentionPeriod),
    withdrawalMethod: fill(template.withdrawalMethod),
    recipients: template.recipients.map(fill),
    ...(template.service && { service: fill(template.service) }),
  };
}

function placeholders(
  language: Language,
  company: CompanyParty,
  contactPoint: ContactPoint | undefined,
): Readonly<Record<string, string>> {
  return {
    company: company.name[language],
    address: company.address[language],
    representative: company.representative[language],
    contactPoint: contactText(language, company, contactPoint),
  };
}

/** Where the company is written to or called, in one line: its contact point, or what it says of itself. */
export function contactText(
  language: Language,
  company: CompanyParty,
  point: ContactPoint | undefined,
): string {
  const parts =
    point === undefined
      ? [company.contact, company.email, company.phone]
      : [point.name[language], point.address?.[language], point.email, point.phone, point.hours?.[language]];
  // The company's contact may itself be its address or number.
  const present = [...new Set(parts.filter((part) => part !== undefined && part !== ''))];
  return present.join(language === 'ja' ? '、' : ', ');
}

/** An unknown placeholder stays visible: better seen in a draft than silently gone. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(values, key) ? values[key]! : whole,
  );
}
