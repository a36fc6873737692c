import {
  composeText,
  contactText,
  dayText,
  exactText,
  issuedText,
  LETTER_KINDS,
  numberingYear,
  sampleValues,
  templateText,
  tokyoDay,
  type Bilingual,
  type CompanyState,
  type Instant,
  type Language,
  type LetterContent,
  type Numbering,
  type TemplateKind,
} from '@enishi/domain';

const SOMEBODY: Bilingual = { ja: '縁野 結', en: 'Yui Enno' };
const SAMPLE_PARTY = {
  name: { ja: '株式会社架空', en: 'Kaku Inc.' },
  address: { ja: '東京都千代田区架空町1-2-3', en: '1-2-3 Kaku-cho, Chiyoda-ku, Tokyo' },
  representative: { ja: '代表取締役 架空 太郎', en: 'Taro Kaku, Representative Director' },
  contact: 'privacy@example.jp',
  type: 'private-company',
  jurisdiction: 'JP',
} as const;

/** A text as it would be sent, with values that are nobody's; the company's own particulars where they are known. */
export function previewOf(
  kind: TemplateKind,
  content: LetterContent,
  { party = SAMPLE_PARTY, contactPoint }: CompanyState,
  { prefix, year }: Numbering,
  now: Instant,
): { readonly ja: string; readonly en: string } {
  const contact = (language: Language) => contactText(language, party, contactPoint);
  const values = {
    ...sampleValues(kind),
    company: party.name,
    contactPoint: { ja: contact('ja'), en: contact('en') },
  };
  const composed = (language: Language) => composeText(kind, content[language], values, language);
  if (!(LETTER_KINDS as readonly string[]).includes(kind))
    return { ja: `${templateText(composed('ja'))}\n`, en: `${templateText(composed('en'))}\n` };
  const day = tokyoDay(now);
  const documentNumber = `${prefix}-${numberingYear(day, year)}-000123`;
  const letter = (language: Language): string =>
    exactText(
      issuedText(composed(language), {
        ...{ documentNumber, date: dayText(day, language), to: SOMEBODY[language] },
        ...{ language, party },
        ...(contactPoint && { contactPoint }),
      }),
    );
  return { ja: letter('ja'), en: letter('en') };
}
