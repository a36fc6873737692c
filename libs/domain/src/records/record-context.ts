const DPV = 'dpv:';
const iri = (id: string) => ({ '@id': id, '@type': '@id' });
const inBoth = (id: string) => ({ '@id': id, '@container': '@language' });
const instant = (id: string) => ({ '@id': id, '@type': 'xsd:dateTime' });

/** The profile that a consent record says it follows: W3C DPV for ISO/IEC TS 27560:2023. */
export const RECORD_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#record';

/**
 * JSON-LD 1.1 context of consent records: the field names of ISO/IEC TS 27560:2023 in terms of the W3C Data Privacy
 * Vocabulary, Dublin Core and schema.org. It travels with every record, so that reading one needs no network.
 */
export const RECORD_CONTEXT = {
  '@version': 1.1,
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  loc: 'https://w3id.org/dpv/loc#',
  'legal-jp': 'https://w3id.org/dpv/legal/jp#',
  dct: 'http://purl.org/dc/terms/',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  // Header
  schema_version: iri('dct:conformsTo'),
  record_id: 'dct:identifier',
  pii_principal_id: iri(`${DPV}hasDataSubject`),
  // Processing
  privacy_notice: `${DPV}hasNotice`,
  language: 'dct:language',
  purposes: { '@id': `${DPV}hasProcess`, '@container': '@set' },
  purpose: `${DPV}hasPurpose`,
  purpose_type: iri(`${DPV}hasPurpose`),
  lawful_basis: iri(`${DPV}hasLegalBasis`),
  applicable_law: iri(`${DPV}hasApplicableLaw`),
  pii_information: { '@id': `${DPV}hasPersonalData`, '@container': '@set' },
  pii_type: '@type',
  pii_attribute_id: 'dct:identifier',
  pii_controllers: { '@id': `${DPV}hasDataController`, '@container': '@set' },
  collection_method: `${DPV}hasProcessing`,
  processing_method: `${DPV}hasProcessing`,
  storage_locations: { '@id': `${DPV}hasStorageCondition`, '@container': '@set' },
  retention_period: `${DPV}hasStorageCondition`,
  processing_locations: { ...iri(`${DPV}hasLocation`), '@container': '@set' },
  service: inBoth(`${DPV}hasService`),
  jurisdiction: iri(`${DPV}hasJurisdiction`),
  recipient_third_parties: inBoth(`${DPV}hasRecipientThirdParty`),
  withdrawal_method: `${DPV}hasConsentControl`,
  privacy_rights: { '@id': `${DPV}hasRight`, '@container': '@set' },
  // Party
  party_id: '@id',
  party_address: inBoth(`${DPV}hasAddress`),
  party_name: inBoth(`${DPV}hasName`),
  party_contact: `${DPV}hasContact`,
  party_type: '@type',
  party_role: iri('dct:type'),
  party_email: 'schema:email',
  party_url: iri('schema:url'),
  party_phone: 'schema:telephone',
  // Event
  events: { '@id': `${DPV}hasConsentStatus`, '@container': '@set' },
  event_id: '@id',
  event_time: instant(`${DPV}isIndicatedAtTime`),
  validity_duration: `${DPV}hasDuration`,
  valid_until: instant('schema:validThrough'),
  entity_id: iri(`${DPV}isIndicatedBy`),
  event_type: 'dct:type',
  event_state: '@type',
  indication_method: `${DPV}hasIndicationMethod`,
  contact_channels: { '@id': `${DPV}hasScope`, '@container': '@set' },
  // Within the above
  identifier: 'dct:identifier',
  version: 'schema:version',
  title: inBoth('dct:title'),
  description: inBoth('dct:description'),
  text: 'schema:text',
  location: iri(`${DPV}hasLocation`),
  broader: iri('skos:broader'),
} as const;
