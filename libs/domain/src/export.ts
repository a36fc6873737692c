import type { DataOf, EventType } from './disclosure';
import type { Actor, Decider, Deciding, Fact, Instant, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import type { ActorKind, ExportStanding, PurgeGround } from './terms';
import { textsFault } from './texts';
import { addDays, dayStart, tokyoDay } from './time';

/** Days after its last step on which an export ends: nobody decided, or nobody needs the file any more. */
export const EXPORT_DAYS = 14;

/** What of, how much of people, in what form, by which conditions: all that an approver approves. */
export type ExportConditions = Omit<DataOf<'ExportRequested'>, 'exportId' | 'staffId' | 'reason'>;

/** Asks for a file with personal data. */
export interface RequestExport {
  readonly kind: 'RequestExport';
  readonly exportId: string;
  /** The account that asks, whatever it acts by (session or token). */
  readonly staffId: string;
  readonly conditions: ExportConditions;
  readonly reason: string;
}

/** Lets it be made. Never by the account that asked for it. */
export interface ApproveExport {
  readonly kind: 'ApproveExport';
  readonly staffId: string;
}

export interface RefuseExport {
  readonly kind: 'RefuseExport';
  readonly staffId: string;
  readonly reason: string;
}

/** What is written while the file is made, by the program itself. */
export type MakeExport =
  | { readonly kind: 'StartExport' }
  | ({ readonly kind: 'RecordChunk' } & Omit<DataOf<'ExportChunkRecorded'>, 'exportId'>)
  | ({ readonly kind: 'CompleteExport' } & Omit<
      DataOf<'ExportCompleted'>,
      'exportId' | 'staffId' | 'chunks'
    >);

/** Gives the file to somebody by name; only then can it be downloaded. */
export interface HandOverExport {
  readonly kind: 'HandOverExport';
  readonly staffId: string;
  readonly recipient: string;
}

/** Ends it, and the file with it. */
export type EndExport =
  { readonly kind: 'PurgeExport'; readonly ground: PurgeGround } | { readonly kind: 'ExpireExport' };

export type ExportCommand =
  RequestExport | ApproveExport | RefuseExport | MakeExport | HandOverExport | EndExport;

export type ExportEvent = Extract<EventType, `Export${string}`>;

export interface ExportState {
  readonly standing?: ExportStanding;
  readonly request?: Fact<'ExportRequested'>;
  /** Who approved or refused it, and when. */
  readonly decision?: Fact<'ExportApproved' | 'ExportRefused'>;
  readonly started?: Fact<'ExportStarted'>;
  /** How many have been recorded. */
  readonly chunks: number;
  readonly completed?: Fact<'ExportCompleted'>;
  readonly handedOver?: Fact<'ExportHandedOver'>;
  readonly ended?: Fact<'ExportPurged' | 'ExportExpired'>;
  /** When its last step was taken; chunks are none. */
  readonly since?: Instant;
}

/** Who acted, as an event keeps it in two parts: a kind and an id. */
export function actorParts(actor: Actor): Pick<ExportConditions, 'actorKind' | 'actorId'> {
  const [actorKind, ...id] = actor.split(':');
  return { actorKind: actorKind as ActorKind, actorId: id.join(':') };
}

/** What {@link actorParts} took apart, where there is anything. */
export function actorFrom({
  actorKind,
  actorId,
}: Pick<ExportConditions, 'actorKind' | 'actorId'>): Actor | undefined {
  return actorKind === undefined || actorId === undefined ? undefined : `${actorKind}:${actorId}`;
}

type Decision = readonly NewEvent<ExportEvent>[] | Refusal;

const ENDED: readonly ExportStanding[] = ['refused', 'purged', 'expired'];

/** Whether there is, or may yet be, a file of it. */
export function isOpen({ standing }: Pick<ExportState, 'standing'>): boolean {
  return standing !== undefined && !ENDED.includes(standing);
}

/** When an open export expires: at the beginning of a day in Asia/Tokyo. */
export function expiryOf({ since }: Pick<ExportState, 'since'>): Instant | undefined {
  return since === undefined ? undefined : dayStart(addDays(tokyoDay(since), EXPORT_DAYS + 1));
}

/**
 * Rules of a stream `export-<id>`: what leaves with people's data was asked for by one person and approved by another
 * (GL 10-3, 10-6: scope of access, records of output), is made once, and can be deleted at any time.
 */
export const exportDecider: Decider<ExportCommand, ExportState, ExportEvent> = {
  initial: { chunks: 0 },

  decide(command, state, context): Decision {
    if (command.kind === 'RequestExport') return state.standing === undefined ? request(command) : [];
    if (state.request === undefined) return refuse('export-unknown');
    switch (command.kind) {
      case 'ApproveExport':
      case 'RefuseExport':
        return judge(command, state);
      case 'HandOverExport':
        return handOver(command, state);
      case 'PurgeExport':
      case 'ExpireExport':
        return end(command, state, context);
      default:
        return make(command, state);
    }
  },

  evolve(state, fact) {
    const since = fact.decidedAt;
    switch (fact.type) {
      case 'ExportRequested':
        return { ...state, standing: 'requested', request: fact, since };
      case 'ExportApproved':
        return { ...state, standing: 'approved', decision: fact, since };
      case 'ExportRefused':
        return { ...state, standing: 'refused', decision: fact, since };
      case 'ExportStarted':
        return { ...state, standing: 'making', started: fact, since };
      case 'ExportChunkRecorded':
        return { ...state, chunks: fact.data.number + 1 };
      case 'ExportCompleted':
        return { ...state, standing: 'made', completed: fact, since };
      case 'ExportHandedOver':
        return { ...state, standing: 'handed-over', handedOver: fact, since };
      case 'ExportPurged':
        return { ...state, standing: 'purged', ended: fact, since };
      case 'ExportExpired':
        return { ...state, standing: 'expired', ended: fact, since };
    }
  },
};

function request({ exportId, staffId, conditions, reason }: RequestExport): Decision {
  const { content, format, from, until } = conditions;
  const unfit = (
    [
      ['kind', content === 'consents'],
      ['actorId', content === 'trail'],
      ['encoding', format === 'csv'],
      ['language', format === 'pdf'],
    ] as const
  ).find(([field, fits]) => conditions[field] !== undefined && !fits);
  if (unfit !== undefined) return refuse('export-condition-unfit', { field: unfit[0] });
  if (from !== undefined && until !== undefined && from >= until) return refuse('period-empty');
  if (reason.trim() === '') return refuse('reason-required');
  const data = { exportId, staffId, ...conditions, reason };
  return textsFault({ reason }) ?? [{ type: 'ExportRequested', data }];
}

function judge(
  command: ApproveExport | RefuseExport,
  { request: asked, standing, decision }: ExportState,
): Decision {
  const { exportId, staffId: asker } = asked!.data;
  const { staffId } = command;
  const type = command.kind === 'ApproveExport' ? 'ExportApproved' : 'ExportRefused';
  if (staffId === asker) return refuse('export-own-request');
  if (decision?.type === type && decision.data.staffId === staffId) return [];
  if (standing !== 'requested') return wrong(standing);
  if (command.kind === 'ApproveExport') return [{ type: 'ExportApproved', data: { exportId, staffId } }];
  const { reason } = command;
  if (reason.trim() === '') return refuse('reason-required');
  return textsFault({ reason }) ?? [{ type: 'ExportRefused', data: { exportId, staffId, reason } }];
}

/** Any step may be taken again after a crash: what was recorded is not recorded twice. */
function make(
  command: MakeExport,
  { request: asked, standing, chunks, started, completed }: ExportState,
): Decision {
  const { exportId, staffId } = asked!.data;
  if (command.kind === 'StartExport' && started !== undefined) return [];
  if (command.kind === 'CompleteExport' && completed !== undefined) return [];
  if (standing !== (command.kind === 'StartExport' ? 'approved' : 'making')) return wrong(standing);
  if (command.kind === 'StartExport') return [{ type: 'ExportStarted', data: { exportId } }];
  const { kind, ...rest } = command;
  if (kind === 'CompleteExport')
    return [
      {
        type: 'ExportCompleted',
        data: { exportId, staffId, chunks, ...rest },
      } as NewEvent<'ExportCompleted'>,
    ];
  const chunk = rest as Omit<DataOf<'ExportChunkRecorded'>, 'exportId'>;
  if (chunk.number > chunks) return wrong(standing);
  return chunk.number < chunks ? [] : [{ type: 'ExportChunkRecorded', data: { exportId, ...chunk } }];
}

function handOver(
  { staffId, recipient }: HandOverExport,
  { request: asked, standing }: ExportState,
): Decision {
  if (standing !== 'made') return wrong(standing);
  if (recipient.trim() === '') return refuse('recipient-required');
  const data = { exportId: asked!.data.exportId, staffId, recipient };
  return textsFault({ recipient }) ?? [{ type: 'ExportHandedOver', data }];
}

function end(command: EndExport, state: ExportState, { decidedAt }: Deciding): Decision {
  const { exportId } = state.request!.data;
  if (command.kind === 'PurgeExport') {
    if (state.standing === 'purged') return [];
    const { ground } = command;
    return isOpen(state) ? [{ type: 'ExportPurged', data: { exportId, ground } }] : wrong(state.standing);
  }
  if (!isOpen(state)) return [];
  return decidedAt < expiryOf(state)!
    ? refuse('export-not-due')
    : [{ type: 'ExportExpired', data: { exportId } }];
}

function wrong(standing: ExportStanding | undefined): Refusal {
  return refuse('export-standing', { standing: standing ?? '' });
}
