import { Refusal } from '../kernel';
import { saysNobody } from '../purpose-content';
import type { Language } from '../terms';
import type { ConsentMoment } from './consent-episodes';
import { recordMaterial, type RecordMaterial, type RecordSources } from './consent-record';

/** A Kantara consent receipt 1.1; fields for which the ledger has no value are left out. */
export type ConsentReceipt = Readonly<Record<string, unknown>>;

const PD = 'https://w3id.org/dpv/pd#';

/** Personal data that needs special care (APPI 2(3), Cabinet Order 2), as the vocabulary names it. */
const SPECIAL_CARE: readonly string[] = [
  'Criminal',
  'CriminalCharge',
  'CriminalConviction',
  'CriminalOffence',
  'CriminalPardon',
  'Disability',
  'DNACode',
  'EthnicOrigin',
  'Ethnicity',
  'Genetic',
  'Health',
  'HealthHistory',
  'HealthRecord',
  'MedicalHealth',
  'MentalHealth',
  'PhilosophicalBelief',
  'PhysicalHealth',
  'PoliticalAffiliation',
  'PoliticalOpinion',
  'Race',
  'Religion',
  'ReligiousBelief',
  'SocialStatus',
].map((name) => `${PD}${name}`);

/**
 * Kantara consent receipts 1.1: one for each consent given. A question, a refusal, a consent recorded in error
 * and one whose incomplete evidence nobody has approved have none; a receipt stays what it was when the consent is withdrawn or runs out.
 *
 * @returns a refusal `record-incomplete` as `consentRecords` does
 */
export function consentReceipts(sources: RecordSources): readonly ConsentReceipt[] | Refusal {
  const found = recordMaterial(sources);
  if (found instanceof Refusal) return found;
  const { facts } = sources;
  const voided = facts.flatMap((fact) => (fact.type === 'ConsentInvalidated' ? [fact.data.voided] : []));
  const approved = facts.flatMap((fact) =>
    fact.type === 'ConsentEvidenceApproved' ? [fact.data.approved] : [],
  );
  return found.flatMap((material) =>
    material.episode.moments.flatMap((moment) => {
      const { eventId, type, state } = moment;
      if (type !== 'ConsentGranted' || eventId === undefined || voided.includes(eventId)) return [];
      const counts = state !== 'ConsentUnknown' || approved.includes(eventId);
      return counts ? [receiptOf(eventId, moment, material)] : [];
    }),
  );
}

function receiptOf(eventId: string, moment: ConsentMoment, material: RecordMaterial): ConsentReceipt {
  const { alumnusId, party, version, episode } = material;
  const { language } = episode;
  const { content } = version;
  const sensitive = content.piiTypes.filter((type) => SPECIAL_CARE.includes(type));
  return {
    version: 'KI-CR-v1.1.0',
    jurisdiction: content.jurisdiction,
    consentTimestamp: Math.floor(Date.parse(moment.at) / 1000),
    collectionMethod: [moment.captureChannel, moment.method].join(' / '),
    consentReceiptID: eventId,
    language,
    piiPrincipalId: alumnusId,
    piiControllers: [
      {
        piiController: party.name[language],
        contact: party.contact,
        address: party.address[language],
        ...(party.email !== undefined && { email: party.email }),
        ...(party.phone !== undefined && { phone: party.phone }),
      },
    ],
    services: [
      {
        service: (content.service ?? party.name)[language],
        purposes: [purposeOf(material, language)],
      },
    ],
    sensitive: sensitive.length > 0,
    spiCat: sensitive,
  };
}

function purposeOf({ version }: RecordMaterial, language: Language): object {
  const { title, purposeType, piiTypes, withdrawalMethod, recipients } = version.content;
  const disclosed = recipients.filter((one) => !saysNobody(one)).map((one) => one[language]);
  return {
    purpose: title[language],
    purposeCategory: [purposeType],
    consentType: 'EXPLICIT',
    piiCategory: piiTypes,
    termination: withdrawalMethod[language],
    thirdPartyDisclosure: disclosed.length > 0,
    ...(disclosed.length > 0 && { thirdPartyName: disclosed.join(language === 'ja' ? '、' : ', ') }),
  };
}
