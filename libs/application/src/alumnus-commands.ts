import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  alumnusDecider,
  lifecycleDecider,
  Refusal,
  type AlumnusCommand,
  type Category,
  type Instant,
  type LifecycleCommand,
  type RegisterAlumnus,
  type RequestUse,
} from '@enishi/domain';
import { normaliseEmployeeNumber } from '@enishi/intake';
import type { CommandContext } from './context';
import { liftErasureMark } from './erasure-marks';
import { isKnownAlumnus } from './inventory-commands';
import { handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import { refused, type Outcome } from './outcome';
import { faultOfRequest } from './requests/request-use';
import { alumnusStream, lifecycleStream } from './streams';

/** A command on one alumnus who is known. */
export class OnAlumnus extends Command<Outcome> {
  constructor(
    readonly alumnusId: string,
    readonly command: Exclude<AlumnusCommand, RegisterAlumnus>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnAlumnus)
export class OnAlumnusHandler implements ICommandHandler<OnAlumnus> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ alumnusId, command, context }: OnAlumnus): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const { requestId, use } = answeredBy(command);
      const fault = await faultOfRequest(this.ledger, requestId, [alumnusId], use);
      if (fault !== undefined) return refused(fault);
      return handle(this.ledger, alumnusDecider, alumnusStream(alumnusId), command, inner);
    });
  }
}

/** The request that a command says it answers: values are looked into before it is decided, and corrected after. */
function answeredBy(command: OnAlumnus['command']): {
  readonly requestId?: string;
  readonly use: RequestUse;
} {
  switch (command.kind) {
    case 'CorrectAlumnus':
    case 'CorrectEmployment':
      return { ...pick(command.investigation), use: 'carry-out' };
    case 'InvestigateValues':
    case 'ConfirmValues':
      return { ...pick(command), use: 'look-into' };
    default:
      return { use: 'look-into' };
  }
}

function pick(said: { readonly requestId?: string } | undefined): { readonly requestId?: string } {
  return said?.requestId === undefined ? {} : { requestId: said.requestId };
}

/**
 * Registers an alumnus by hand. The id is the one reserved for (source system, employee number); for what the rules
 * refuse whoever it is, none is reserved.
 */
export class RegisterByHand extends Command<{ readonly alumnusId?: string; readonly outcome: Outcome }> {
  constructor(
    readonly source: string,
    readonly employeeNumber: string,
    readonly command: Omit<RegisterAlumnus, 'alumnusId'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterByHand)
export class RegisterByHandHandler implements ICommandHandler<RegisterByHand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ source, employeeNumber, command, context }: RegisterByHand) {
    const number = normaliseEmployeeNumber(employeeNumber);
    const person = { ...command.person, employeeNumber: number };
    const fault = faultOf({ ...command, alumnusId: '', person }, this.ledger.clock.now());
    if (fault) return { outcome: await once(this.ledger, context, () => Promise.resolve(refused(fault))) };
    const [identity] = await this.ledger.vault.identities.reserve([{ source, number }]);
    if (identity === undefined) throw new Error('no identity was reserved');
    const { alumnusId, blocked } = identity;
    const registering: RegisterAlumnus = { ...command, alumnusId, person };
    const outcome = await once(this.ledger, context, async (inner) => {
      if (blocked) return { kind: 'refused', code: 'identity-blocked', details: {} };
      const done = await handle(this.ledger, alumnusDecider, alumnusStream(alumnusId), registering, inner);
      await liftErasureMark(this.ledger, alumnusId, done, inner);
      return done;
    });
    return { alumnusId, outcome };
  }
}

/** What the rules refuse of a registration, whoever the person is. */
function faultOf(command: RegisterAlumnus, decidedAt: Instant): Refusal | undefined {
  const decision = alumnusDecider.decide(command, alumnusDecider.initial, { decidedAt });
  return decision instanceof Refusal ? decision : undefined;
}

/** A command on what must be decided together about a person's data: holds now, erasure later. */
export class OnLifecycle extends Command<Outcome> {
  constructor(
    readonly alumnusId: string,
    readonly command: LifecycleCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** What a hold may open anew: why it was placed must be written down, also where older records were erased. */
const RECORD: readonly Category[] = ['request-record'];

@CommandHandler(OnLifecycle)
export class OnLifecycleHandler implements ICommandHandler<OnLifecycle> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ alumnusId, command, context }: OnLifecycle): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      if (command.kind === 'PlaceHold' && !(await isKnownAlumnus(this.ledger, alumnusId))) {
        return { kind: 'refused', code: 'alumnus-unknown', details: {} };
      }
      // The rules look at nothing that is sealed: a lost key must not keep a hold from being placed.
      const stream = lifecycleStream(alumnusId);
      const mayReopen = command.kind === 'PlaceHold' ? RECORD : [];
      return handle(this.ledger, lifecycleDecider, stream, command, inner, { opens: [], mayReopen });
    });
  }
}
