import type { ConsentEvent } from '../consent-answer';
import type { Fact, Instant } from '../kernel';
import { Refusal } from '../kernel';
import type { PurposeSchedule, ScheduledVersion } from '../purpose-schedule';
import { refuse } from '../refusals';
import type { Bilingual, CompanyParty } from '../shapes';
import { consentEpisodes, type ConsentEpisode, type ConsentMoment } from './consent-episodes';
import { RECORD_PROFILE } from './record-context';

/** What records of one person's consents for one purpose are made from. */
export interface RecordSources {
  readonly alumnusId: string;
  readonly companyId: string;
  /** As the company describes itself now; absent where it never did. */
  readonly party?: CompanyParty;
  readonly schedule: PurposeSchedule;
  /** Of the consent stream, in ledger order. */
  readonly facts: readonly Fact<ConsentEvent>[];
  readonly at: Instant;
}

/** One episode with the version of the purpose it is about and the company: all that a record needs. */
export interface RecordMaterial extends Pick<RecordSources, 'alumnusId' | 'companyId'> {
  readonly purposeId: string;
  readonly code: string;
  readonly party: CompanyParty;
  readonly version: ScheduledVersion;
  readonly episode: ConsentEpisode;
}

/** A consent record; its fields are named as ISO/IEC TS 27560:2023 and the W3C DPV guide to it name them. */
export type ConsentRecord = Readonly<Record<string, unknown>>;

/**
 * ISO/IEC TS 27560:2023 consent records: one per version of the purpose, in DPV terms. They need
 * {@link RECORD_CONTEXT} beside them to be JSON-LD.
 *
 * @returns a refusal `record-incomplete` naming the first mandatory field that nothing stated fills
 * @example const records = consentRecords({ alumnusId, companyId, party, schedule, facts, at });
 */
export function consentRecords(sources: RecordSources): readonly ConsentRecord[] | Refusal {
  const found = recordMaterial(sources);
  return found instanceof Refusal ? found : found.map(recordOf);
}

/** What each episode's record is made from; a refusal where the company or the text of a version is missing. */
export function recordMaterial(sources: RecordSources): readonly RecordMaterial[] | Refusal {
  const { alumnusId, companyId, party, schedule, facts, at } = sources;
  const { purposeId, code } = schedule;
  const made: RecordMaterial[] = [];
  for (const episode of consentEpisodes(facts, at)) {
    const version = schedule.versions.find((one) => one.version === episode.version);
    if (party === undefined) return refuse('record-incomplete', { field: 'pii_controllers' });
    if (version === undefined) return refuse('record-incomplete', { field: 'privacy_notice' });
    made.push({ alumnusId, companyId, purposeId, code, party, version, episode });
  }
  return made;
}

function recordOf(material: RecordMaterial): ConsentRecord {
  const { alumnusId, version, episode } = material;
  const { language } = episode;
  return {
    '@id': urn(episode.id),
    '@type': 'dpv:ConsentRecord',
    schema_version: RECORD_PROFILE,
    record_id: urn(episode.id),
    pii_principal_id: urn(alumnusId),
    privacy_notice: {
      '@type': 'dpv:PrivacyNotice',
      identifier: `sha256:${version.noticeHashes[language]}`,
      version: version.version,
      text: { '@value': version.content.notice[language], '@language': language },
    },
    language,
    purposes: [processing(material)],
    events: episode.moments.map((moment) => eventOf(moment, material)),
  };
}

function processing({ purposeId, code, companyId, party, version }: RecordMaterial): object {
  const { content } = version;
  const locations = content.storageLocations.map((one) => {
    return { '@type': 'dpv:StorageLocation', location: reference(one) };
  });
  return {
    '@type': 'dpv:Process',
    purpose: {
      '@id': urn(purposeId),
      '@type': 'dpv:Purpose',
      identifier: code,
      title: content.title,
      broader: content.purposeType,
    },
    purpose_type: content.purposeType,
    lawful_basis: reference(content.lawfulBasis),
    ...(content.jurisdiction === 'JP' && { applicable_law: 'legal-jp:law-APPI' }),
    pii_information: content.piiTypes.map((type, index) => {
      const pii_attribute_id = `${code}/${version.version}/${index + 1}`;
      return isIri(type)
        ? { pii_type: type, pii_attribute_id }
        : { pii_type: 'dpv:PersonalData', pii_attribute_id, text: type };
    }),
    pii_controllers: [partyOf(companyId, party)],
    collection_method: described('dpv:Collect', content.collectionMethod),
    processing_method: described('dpv:Processing', content.processingMethod),
    storage_locations: locations,
    retention_period: described('dpv:StorageDuration', content.retentionPeriod),
    processing_locations: content.processingLocations.map(reference),
    ...(content.service && { service: content.service }),
    jurisdiction: locationOf(content.jurisdiction),
    recipient_third_parties: {
      ja: content.recipients.map(({ ja }) => ja),
      en: content.recipients.map(({ en }) => en),
    },
    withdrawal_method: described('dpv:WithdrawConsent', content.withdrawalMethod),
    privacy_rights: content.privacyRights,
  };
}

const PARTY_TYPES: Readonly<Record<CompanyParty['type'], string>> = {
  'private-company': 'dpv:ForProfitOrganisation',
  'public-body': 'dpv:GovernmentalOrganisation',
  'non-profit': 'dpv:NonProfitOrganisation',
};

function partyOf(companyId: string, party: CompanyParty): object {
  return {
    party_id: urn(companyId),
    party_address: party.address,
    party_name: party.name,
    party_contact: party.contact,
    party_type: PARTY_TYPES[party.type],
    party_role: 'dpv:DataController',
    ...(party.email !== undefined && { party_email: party.email }),
    ...(party.url !== undefined && { party_url: party.url }),
    ...(party.phone !== undefined && { party_phone: party.phone }),
  };
}

function eventOf(moment: ConsentMoment, { alumnusId, companyId }: RecordMaterial): object {
  const { eventId, type, state, at, until, party, method, captureChannel, channels } = moment;
  return {
    ...(eventId !== undefined && { event_id: urn(eventId) }),
    event_time: at,
    // Every state lasts until something else happens; a grant may also have an end.
    validity_duration:
      until === undefined
        ? { '@type': 'dpv:UntilEventDuration' }
        : { '@type': 'dpv:UntilTimeDuration', valid_until: until },
    entity_id: urn(party === undefined ? companyId : alumnusId),
    event_type: type,
    event_state: `dpv:${state}`,
    ...((method ?? captureChannel) !== undefined && { indication_method: method ?? captureChannel }),
    contact_channels: channels,
  };
}

function described(type: string, description: Bilingual): object {
  return { '@type': type, description };
}

/** An IRI as a reference; other text stays text. */
function reference(value: string): string | object {
  return isIri(value) ? value : { '@value': value };
}

/** ISO 3166 codes, of countries and their parts, are terms of the vocabulary's locations. */
function locationOf(jurisdiction: string): string | object {
  return /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(jurisdiction) ? `loc:${jurisdiction}` : reference(jurisdiction);
}

function isIri(value: string): boolean {
  return /^https?:\/\/\S+$/.test(value);
}

/** RFC 9562: ids of the ledger are UUIDs. */
function urn(id: string): string {
  return `urn:uuid:${id}`;
}
