import { Injectable } from '@nestjs/common';
import {
  actorFrom,
  expiryOf,
  exportDecider,
  fold,
  isOpen,
  type ExportEvent,
  type ExportState,
  type Fact,
} from '@enishi/domain';
import type { ExportSteps } from '@enishi/projections/audit-trail/query';
import { ActorNames } from '../audit/actor-names';
import type { ExportAnswer } from './exports.answers.dto';

/** Exports as clients see them. */
@Injectable()
export class ExportViews {
  constructor(private readonly actors: ActorNames) {}

  async of(states: readonly ExportState[]): Promise<readonly ExportAnswer[]> {
    const actors = states.flatMap(({ request, decision, handedOver }) =>
      [request, decision, handedOver].flatMap((fact) => fact?.actor ?? []),
    );
    const names = await this.actors.of(actors);
    return states.map((state) => viewOf(state, names));
  }
}

/** How far an export is, from its clear fields. */
export function stateOfSteps({ steps }: ExportSteps): ExportState {
  const facts = steps.map(({ eventId, ...entry }) => ({ ...entry, id: eventId, erased: [] }));
  return fold(exportDecider, facts as unknown as readonly Fact<ExportEvent>[]);
}

function viewOf(state: ExportState, names: ReadonlyMap<string, string>): ExportAnswer {
  const { request, decision, completed, handedOver, ended, standing } = state;
  const { staffId: _, reason: __, actorKind, actorId, ...asked } = request!.data;
  const actor = actorFrom({ ...(actorKind && { actorKind }), ...(actorId !== undefined && { actorId }) });
  const by = <Name extends string>(name: Name, fact: Fact | undefined) =>
    fact === undefined
      ? {}
      : {
          [`${name}By`]: fact.actor,
          ...(names.has(fact.actor) && { [`${name}ByName`]: names.get(fact.actor) }),
          [`${name}At`]: fact.decidedAt,
        };
  return {
    ...asked,
    ...(actor !== undefined && { actor }),
    standing: standing!,
    ...by('requested', request),
    ...by('decided', decision),
    ...(completed && totalsOf(completed)),
    ...by('handedOver', handedOver),
    ...(ended?.type === 'ExportPurged' && { ground: ended.data.ground }),
    ...(ended && { endedAt: ended.decidedAt }),
    ...(isOpen(state) && { expiresAt: expiryOf(state) }),
  } as ExportAnswer;
}

function totalsOf({ data, decidedAt }: Fact<'ExportCompleted'>): Partial<ExportAnswer> {
  const { lines, people, bytes, checkpoint } = data;
  return {
    ...(lines !== undefined && { lines }),
    people,
    bytes,
    ...(checkpoint !== undefined && { checkpoint }),
    madeAt: decidedAt,
  };
}
