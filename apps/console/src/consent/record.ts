import { act, upload } from '../api/client';
import type {
  CaptureChannel,
  CommandAnswer,
  ConsentMethod,
  ContactChannel,
  IdentityCheck,
} from '../api/contract';
import { tokyoInstant, type Language } from '../words/dates';

/** What can be recorded about one person and one purpose. */
export type RecordKind = 'grant' | 'refusal' | 'withdrawal' | 'request';

/** What is filled in before something is recorded. */
export interface Draft {
  readonly purposeId: string;
  readonly channels: readonly ContactChannel[];
  /** Empty until chosen, as the three below: what is kept as evidence is stated by a person, never by the form. */
  readonly captureChannel: CaptureChannel | '';
  readonly method: ConsentMethod | '';
  readonly identityCheck: IdentityCheck | '';
  readonly party: 'person' | 'legal-representative' | '';
  readonly representativeName: string;
  readonly representativeRelation: string;
  readonly language: Language;
  /** As the field holds it, Asia/Tokyo; empty for the moment of recording. */
  readonly effectiveAt: string;
  readonly evidence: string;
  readonly file: File | null;
  readonly noticeSeen: boolean;
}

/** An empty form. A request is about the channel one came from; for which ones somebody answered is asked. */
export function newDraft(
  kind: RecordKind,
  { purposeId, channel }: { readonly purposeId: string; readonly channel: ContactChannel },
  language: Language,
): Draft {
  return {
    purposeId,
    channels: isAnswer(kind) ? [] : [channel],
    captureChannel: '',
    method: '',
    identityCheck: '',
    party: '',
    representativeName: '',
    representativeRelation: '',
    language,
    effectiveAt: '',
    evidence: '',
    file: null,
    noticeSeen: false,
  };
}

/** Whether the person was shown the notice before this, so that its text belongs to the record. */
export function showsNotice(kind: RecordKind): boolean {
  return kind !== 'withdrawal';
}

/** Whether it is an answer, with method, identity check and evidence. */
export function isAnswer(kind: RecordKind): boolean {
  return kind !== 'request';
}

/** Whether it answers a text that was shown, so that its version belongs to the record and it can be voided. */
export function answersNotice(kind: RecordKind): boolean {
  return kind === 'grant' || kind === 'refusal';
}

const MAX_FILE = 20 * 1024 * 1024;

/** What is missing or wrong, by the name of the text that says so. */
export type Fault =
  | 'channelsMissing'
  | 'captureMissing'
  | 'methodMissing'
  | 'identityMissing'
  | 'partyMissing'
  | 'representativeMissing'
  | 'effectiveFuture'
  | 'fileTooLarge'
  | 'noticeSeenMissing';

/** Everything that keeps a draft from being recorded. */
export function faultsOf(kind: RecordKind, draft: Draft, now: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (draft.channels.length === 0) faults.push('channelsMissing');
  if (draft.captureChannel === '') faults.push('captureMissing');
  if (draft.effectiveAt > now) faults.push('effectiveFuture');
  if (isAnswer(kind)) faults.push(...answerFaults(draft));
  if (answersNotice(kind) && !draft.noticeSeen) faults.push('noticeSeenMissing');
  return faults;
}

function answerFaults(draft: Draft): readonly Fault[] {
  const faults: Fault[] = [];
  if (draft.method === '') faults.push('methodMissing');
  if (draft.identityCheck === '') faults.push('identityMissing');
  if (draft.party === '') faults.push('partyMissing');
  const represented = draft.representativeName.trim() !== '' && draft.representativeRelation.trim() !== '';
  if (draft.party === 'legal-representative' && !represented) faults.push('representativeMissing');
  if (draft.file !== null && draft.file.size > MAX_FILE) faults.push('fileTooLarge');
  return faults;
}

const PATHS = {
  grant: 'grants',
  refusal: 'refusals',
  withdrawal: 'withdrawals',
  request: 'requests',
} as const;

interface Recording {
  readonly kind: RecordKind;
  readonly alumnusId: string;
  readonly draft: Draft;
  /** The version whose notice was shown. */
  readonly purposeVersion: number;
}

/** Records it; a file goes first, and its id into the record. */
export async function record(
  { kind, alumnusId, draft, purposeVersion }: Recording,
  key: string,
): Promise<CommandAnswer> {
  const effectiveAt = draft.effectiveAt === '' ? undefined : tokyoInstant(draft.effectiveAt);
  const evidence = draft.evidence.trim();
  const artefact =
    isAnswer(kind) && draft.file !== null
      ? await upload<{ artefactId: string }>(`/v1/alumni/${alumnusId}/artefacts`, draft.file, `${key}-file`)
      : undefined;
  const body = {
    channels: draft.channels,
    captureChannel: draft.captureChannel,
    ...(effectiveAt && { effectiveAt }),
    ...(showsNotice(kind) && { language: draft.language }),
    ...(isAnswer(kind) && {
      method: draft.method,
      party: draft.party,
      identityCheck: draft.identityCheck,
      ...(evidence && { evidence }),
      ...(draft.party === 'legal-representative' && {
        representative: {
          name: draft.representativeName.trim(),
          relation: draft.representativeRelation.trim(),
        },
      }),
      ...(artefact && { artefactId: artefact.artefactId }),
    }),
    ...(answersNotice(kind) && { purposeVersion }),
  };
  return act<CommandAnswer>(
    'POST',
    `/v1/alumni/${alumnusId}/consents/${draft.purposeId}/${PATHS[kind]}`,
    body,
    key,
  );
}
