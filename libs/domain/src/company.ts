import { sameValue } from './equal';
import type { PublicMatters } from './governance/shapes';
import type { Decider, Fact, NewEvent } from './kernel';
import { refuse } from './refusals';
import type { CompanyParty, ContactPoint, PersonName } from './shapes';
import { textsFault } from './texts';

/** Opens the ledger of one legal entity; its event is the first of the store (genesis). */
export interface OpenLedger {
  readonly kind: 'OpenLedger';
  readonly ledgerId: string;
  readonly companyId: string;
  readonly mode: 'development' | 'production';
}

/** States who the company is: name, address, representative (APPI 32(1), 21(1)). */
export interface DescribeCompany {
  readonly kind: 'DescribeCompany';
  readonly party: CompanyParty;
}

/** Sets where corrections, deletions and complaints go (APPI 32(1), 40). */
export interface SetContactPoint {
  readonly kind: 'SetContactPoint';
  readonly contactPoint: ContactPoint;
}

/** States what is made public beside the purposes: how requests are made, what they cost (32(1), 37, 38). */
export interface StatePublicMatters {
  readonly kind: 'StatePublicMatters';
  readonly matters: PublicMatters;
}

/** Appoints the responsible officer for alumni data (GL 10-3: organisational measures). */
export interface AppointOfficer {
  readonly kind: 'AppointOfficer';
  readonly staffId: string;
  readonly name: PersonName;
  readonly title?: string;
  readonly workContact?: string;
}

export type CompanyCommand =
  OpenLedger | DescribeCompany | SetContactPoint | StatePublicMatters | AppointOfficer;

export type CompanyEvent =
  | 'LedgerOpened'
  | 'CompanyDescribed'
  | 'ContactPointSet'
  | 'PublicMattersStated'
  | 'ResponsibleOfficerAppointed';

export interface CompanyState {
  readonly ledger?: Fact<'LedgerOpened'>['data'];
  readonly party?: CompanyParty;
  readonly contactPoint?: ContactPoint;
  readonly publicMatters?: PublicMatters;
  readonly officer?: Fact<'ResponsibleOfficerAppointed'>['data'];
  /** Ids of the events that stated what is in force. */
  readonly statedBy: Readonly<Partial<Record<StatedPart, string>>>;
}

type StatedPart = 'party' | 'contactPoint' | 'publicMatters' | 'officer';

/** Rules of the stream `company`. */
export const companyDecider: Decider<CompanyCommand, CompanyState, CompanyEvent> = {
  initial: { statedBy: {} },

  decide(command, state) {
    if (command.kind === 'OpenLedger') return open(command, state);
    if (state.ledger === undefined) return refuse('ledger-not-opened');
    const { companyId } = state.ledger;
    switch (command.kind) {
      case 'DescribeCompany':
        return describe(command.party, companyId, state);
      case 'SetContactPoint':
        return setContactPoint(command.contactPoint, companyId, state);
      case 'StatePublicMatters':
        return stateMatters(command.matters, companyId, state);
      case 'AppointOfficer':
        return appoint(command, state);
    }
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'LedgerOpened':
        return { ...state, ledger: fact.data };
      case 'CompanyDescribed':
        return { ...state, party: fact.data.party, ...by(state, 'party', fact) };
      case 'ContactPointSet':
        return { ...state, contactPoint: fact.data.contactPoint, ...by(state, 'contactPoint', fact) };
      case 'PublicMattersStated':
        return { ...state, publicMatters: fact.data.matters, ...by(state, 'publicMatters', fact) };
      case 'ResponsibleOfficerAppointed':
        return { ...state, officer: fact.data, ...by(state, 'officer', fact) };
    }
  },
};

function by({ statedBy }: CompanyState, part: StatedPart, { id }: Pick<Fact, 'id'>) {
  return { statedBy: { ...statedBy, [part]: id } };
}

type Decision = readonly NewEvent<CompanyEvent>[] | ReturnType<typeof refuse>;

function open({ ledgerId, companyId, mode }: OpenLedger, state: CompanyState): Decision {
  const data = { ledgerId, companyId, mode };
  if (state.ledger === undefined) return [{ type: 'LedgerOpened', data }];
  return sameValue(state.ledger, data) ? [] : refuse('ledger-already-opened');
}

function describe(party: CompanyParty, companyId: string, state: CompanyState): Decision {
  for (const field of ['name', 'address', 'representative'] as const) {
    if (party[field].ja.trim() === '') return refuse('company-field-missing', { field });
  }
  if (party.contact.trim() === '') return refuse('company-field-missing', { field: 'contact' });
  if (sameValue(party, state.party)) return [];
  return [{ type: 'CompanyDescribed', data: { companyId, party } }];
}

function setContactPoint(contactPoint: ContactPoint, companyId: string, state: CompanyState): Decision {
  const { address, email, phone } = contactPoint;
  if (address === undefined && email === undefined && phone === undefined) {
    return refuse('contact-point-unreachable');
  }
  if (sameValue(contactPoint, state.contactPoint)) return [];
  return [{ type: 'ContactPointSet', data: { companyId, contactPoint } }];
}

function stateMatters(matters: PublicMatters, companyId: string, state: CompanyState): Decision {
  const { procedure, fees } = matters;
  if (procedure.ja.trim() === '' || procedure.en.trim() === '') return refuse('procedure-missing');
  const twice = fees.find(({ kind }, index) => fees.findIndex((fee) => fee.kind === kind) !== index);
  if (twice !== undefined) return refuse('fee-stated-twice');
  if (fees.some(({ yen }) => !Number.isInteger(yen) || yen < 1)) return refuse('fee-not-valid');
  if (sameValue(matters, state.publicMatters)) return [];
  return [{ type: 'PublicMattersStated', data: { companyId, matters } }];
}

function appoint({ kind: _, ...data }: AppointOfficer, state: CompanyState): Decision {
  if (data.name.family.trim() === '') return refuse('name-required');
  const { name, title, workContact } = data;
  const unwanted = textsFault({
    'officer.name': name,
    'officer.title': title,
    'officer.workContact': workContact,
  });
  if (unwanted !== undefined) return unwanted;
  return sameValue(data, state.officer) ? [] : [{ type: 'ResponsibleOfficerAppointed', data }];
}
