import type { AnyLeaf, Group } from '../leaf';
import { ACCESS_LOG } from './access-log';
import { ACCOUNTS } from './accounts';
import { ALUMNUS } from './alumnus';
import { APPOINT_OPERATOR } from './appoint-operator';
import { AUDIT } from './audit';
import { BACKUP } from './backup';
import { CHECKPOINT } from './checkpoint';
import { CLOCK } from './clock';
import { COMPANY } from './company';
import { CONSENT } from './consent';
import { CONSENTS } from './consents';
import { DUPLICATES } from './duplicates';
import { ERASURE } from './erasure';
import { EXPORT } from './export';
import { FUNNEL } from './funnel';
import { HANDLING_RULES } from './handling-rules';
import { HISTORY } from './history';
import { HOLD } from './hold';
import { IMPORT } from './import';
import { INVENTORY } from './inventory';
import { KEYS } from './keys';
import { LETTER } from './letter';
import { LETTER_TEMPLATE } from './letter-template';
import { LAW } from './law';
import { MIGRATE } from './migrate';
import { MIGRATE_STORE } from './migrate-store';
import { OUTBOX } from './outbox';
import { POLICIES } from './policies';
import { PROGRAMME } from './programme';
import { PROJECTIONS } from './projections';
import { PROOF } from './proof';
import { PROVISION, RECEIPT } from './provision';
import { PURPOSE } from './purpose';
import { RECIPIENT } from './recipient';
import { PUBLICATION } from './publication';
import { READINESS } from './readiness';
import { RECORDS } from './records';
import { REPLAY } from './replay';
import { REQUEST } from './request';
import { RESTORE } from './restore';
import { RETENTION } from './retention';
import { ROSTER } from './roster';
import { RULES } from './rules';
import { SAMPLE } from './sample';
import { STATUS } from './status';
import { TOKENS } from './tokens';
import { VERIFY } from './verify';
import { WHY } from './why';
import { WORK } from './work';

/** Commands under a common name. */
export const GROUPS: readonly Group[] = [
  ACCESS_LOG,
  ACCOUNTS,
  ALUMNUS,
  AUDIT,
  CHECKPOINT,
  CLOCK,
  COMPANY,
  CONSENT,
  CONSENTS,
  DUPLICATES,
  ERASURE,
  EXPORT,
  HANDLING_RULES,
  HOLD,
  IMPORT,
  INVENTORY,
  KEYS,
  LETTER,
  LETTER_TEMPLATE,
  LAW,
  OUTBOX,
  POLICIES,
  PROGRAMME,
  PROJECTIONS,
  PROOF,
  PROVISION,
  PUBLICATION,
  PURPOSE,
  RECEIPT,
  RECIPIENT,
  REQUEST,
  RETENTION,
  ROSTER,
  TOKENS,
];

/** Commands of their own. */
export const LEAVES: readonly AnyLeaf[] = [
  APPOINT_OPERATOR,
  BACKUP,
  FUNNEL,
  HISTORY,
  MIGRATE,
  MIGRATE_STORE,
  READINESS,
  RECORDS,
  REPLAY,
  RESTORE,
  RULES,
  SAMPLE,
  STATUS,
  VERIFY,
  WHY,
  WORK,
];
