import { Injectable } from '@nestjs/common';
import {
  erasurePlanDecider,
  fold,
  type ErasurePlanEvent,
  type ErasureState,
  type Fact,
} from '@enishi/domain';
import type { ErasureSteps } from '@enishi/projections/audit-trail/query';
import { ActorNames } from '../audit/actor-names';
import type { ErasureAnswer, ErasurePartAnswer } from './erasures.answers.dto';

/** Plans of erasure as clients see them. */
@Injectable()
export class ErasureViews {
  constructor(private readonly actors: ActorNames) {}

  async of(plans: readonly ErasureSteps[]): Promise<readonly ErasureAnswer[]> {
    const states = plans.map(stateOfSteps);
    const actors = states.flatMap(({ proposal, decision }) =>
      [proposal, decision].flatMap((fact) => fact?.actor ?? []),
    );
    const names = await this.actors.of(actors);
    return states.map((state, index) => viewOf(state, plans[index]!, names));
  }
}

/** How far a plan is, from its clear fields. */
export function stateOfSteps({ steps }: ErasureSteps): ErasureState {
  const facts = steps.map(({ eventId, ...entry }) => ({ ...entry, id: eventId, erased: [] }));
  return fold(erasurePlanDecider, facts as unknown as readonly Fact<ErasurePlanEvent>[]);
}

/** Of how many people what is to be erased. */
export function partsOf(
  chunks: readonly { readonly categories: readonly string[]; readonly people: number }[],
): ErasurePartAnswer[] {
  const parts = new Map<string, ErasurePartAnswer>();
  for (const { categories, people } of chunks) {
    const part = parts.get(categories.join()) ?? { categories: [...categories], people: 0 };
    part.people += people;
    parts.set(categories.join(), part);
  }
  return [...parts.values()];
}

/** The chunks of a plan, as the trail tells them. */
export function chunksOf({ steps }: ErasureSteps): readonly ErasurePartAnswer[] {
  return steps
    .filter(({ type }) => type === 'ErasureChunkProposed')
    .map(({ data }) => ({ categories: data['categories'] as string[], people: Number(data['lines']) }));
}

function viewOf(
  state: ErasureState,
  { steps }: ErasureSteps,
  names: ReadonlyMap<string, string>,
): ErasureAnswer {
  const { proposal, decision, ended, standing } = state;
  const { erasureId, ground, people, held, empty, second, fields, requestId } = proposal!.data;
  const by = <Name extends string>(name: Name, fact: Fact | undefined) =>
    fact === undefined
      ? {}
      : {
          [`${name}By`]: fact.actor,
          ...(names.has(fact.actor) && { [`${name}ByName`]: names.get(fact.actor) }),
          [`${name}At`]: fact.decidedAt,
        };
  const done = steps.filter(({ type }) => type === 'ErasureChunkExecuted').map(({ data }) => data);
  const sum = (...fields: readonly string[]) =>
    done.reduce((total, data) => total + fields.reduce((all, field) => all + Number(data[field]), 0), 0);
  return {
    ...{ erasureId, standing: standing!, ground, people, held, empty, second },
    ...(fields && { fields }),
    ...(requestId !== undefined && { requestId }),
    ...by('proposed', proposal),
    ...by('decided', decision),
    erased: sum('erased'),
    left: sum('held', 'lifted', 'kept'),
    keys: sum('keys'),
    ...(ended && { executedAt: ended.decidedAt }),
  } as ErasureAnswer;
}
