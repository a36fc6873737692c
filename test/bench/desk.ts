import { randomUUID } from 'node:crypto';
import {
  consentStream,
  createdId,
  handle,
  handlingOf,
  noticeHashes,
  programmeStream,
  purposeStream,
  systemContext,
  type CommandContext,
  type Done,
  type Ledger,
  type Outcome,
} from '@enishi/application/ledger';
import {
  consentDecider,
  PROGRAMME_TEMPLATES,
  programmeDecider,
  PURPOSE_TEMPLATES,
  purposeDecider,
  purposeSchedule,
  TEMPLATE_CODES,
  type ConsentCommand,
  type Fact,
  type PurposeEvent,
  type PurposeSchedule,
} from '@enishi/domain';

/** A purpose that was published here. */
export interface PublishedPurpose {
  readonly purposeId: string;
  readonly schedule: PurposeSchedule;
}

const SUBJECT = { registered: true, died: false, returned: false, erasing: false, held: false } as const;
const SPOKEN = {
  captureChannel: 'oral',
  method: 'oral',
  party: 'person',
  identityCheck: 'call-back',
  evidence: '電話で本人を確認し、読み上げた文面への同意を得た。',
} as const;

/** Records what people answer: commands through `handle`, with what the handlers look up given in hand. */
export class Desk {
  /** @param contextOf of each command; a new one where absent */
  constructor(
    private readonly ledger: Ledger,
    private readonly contextOf: () => CommandContext = () => systemContext('bench'),
  ) {}

  /** Drafts and publishes the purposes of the ready templates. */
  async publishPurposes(): Promise<readonly PublishedPurpose[]> {
    const published: PublishedPurpose[] = [];
    for (const code of TEMPLATE_CODES) {
      const purposeId = randomUUID();
      const content = PURPOSE_TEMPLATES[code]!;
      const draft = { kind: 'DraftPurpose', purposeId, code, content, ...noticeHashes(content) } as const;
      const stream = purposeStream(purposeId);
      done(await handle(this.ledger, purposeDecider, stream, draft, systemContext('bench')));
      const publication = { kind: 'PublishPurpose', version: 1 } as const;
      done(await handle(this.ledger, purposeDecider, stream, publication, systemContext('bench')));
      const { store, vault } = this.ledger;
      const facts = await vault.openFacts(await store.readStream(stream));
      published.push({ purposeId, schedule: purposeSchedule(facts as readonly Fact<PurposeEvent>[])! });
    }
    return published;
  }

  /** Drafts and publishes the rehire programme for a purpose. */
  async publishProgramme(purposeId: string): Promise<string> {
    const context = systemContext('bench');
    const programmeId = createdId(context.commandId, 'programme');
    const content = { ...PROGRAMME_TEMPLATES['rehire']!, purposeIds: [purposeId] };
    const draft = { kind: 'DraftProgramme', programmeId, code: 'rehire', content } as const;
    const stream = programmeStream(programmeId);
    done(await handle(this.ledger, programmeDecider, stream, draft, context));
    const publication = { kind: 'PublishProgramme', version: 1 } as const;
    done(await handle(this.ledger, programmeDecider, stream, publication, systemContext('bench')));
    return programmeId;
  }

  request(alumnusId: string, { purposeId, schedule }: PublishedPurpose): Promise<Done> {
    const asked = { channels: ['email'], captureChannel: 'oral', language: 'ja', linked: [] } as const;
    return this.answer({
      kind: 'RequestConsent',
      alumnusId,
      purposeId,
      schedule,
      subject: SUBJECT,
      ...asked,
    });
  }

  grant(alumnusId: string, { purposeId, schedule }: PublishedPurpose): Promise<Done> {
    const said = { channels: ['email'], language: 'ja', ...SPOKEN } as const;
    return this.answer({ kind: 'GrantConsent', alumnusId, purposeId, schedule, subject: SUBJECT, ...said });
  }

  withdraw(alumnusId: string, { purposeId }: PublishedPurpose): Promise<Done> {
    return this.answer({ kind: 'WithdrawConsent', alumnusId, purposeId, ...SPOKEN });
  }

  private async answer(command: Exclude<ConsentCommand, { kind: 'VoidConsent' }>): Promise<Done> {
    const stream = consentStream(command.alumnusId, command.purposeId);
    const context = this.contextOf();
    return done(await handle(this.ledger, consentDecider, stream, command, context, handlingOf(command)));
  }
}

/**
 * Answers without end, each a command: every person is asked about a purpose, then everybody consents, then
 * everybody withdraws; so a stream is read with none, one or two events in it, and no two callers meet on one.
 */
export function* answers(
  desk: Desk,
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
): Generator<() => Promise<unknown>, never, undefined> {
  for (let pass = 0; ; pass += 1) {
    for (const purpose of purposes) {
      if (pass === 0) for (const person of people) yield () => desk.request(person, purpose);
      for (const person of people) yield () => desk.grant(person, purpose);
      for (const person of people) yield () => desk.withdraw(person, purpose);
    }
  }
}

/** The people of a ledger, in the order in which they came. */
export async function peopleOf({ store }: Ledger): Promise<readonly string[]> {
  const people: string[] = [];
  let after: bigint | undefined;
  for (;;) {
    const page = await store.readAll({ limit: 5000, dataOf: [], ...(after !== undefined && { after }) });
    for (const { type, stream } of page)
      if (type === 'AlumnusRegistered') people.push(stream.slice('alumnus-'.length));
    after = page.at(-1)?.position;
    if (after === undefined) return people;
  }
}

function done(outcome: Outcome): Done {
  if (outcome.kind !== 'done' || outcome.eventIds.length === 0) {
    throw new Error(
      `a command of the bench did nothing: ${outcome.kind === 'refused' ? outcome.code : 'no-op'}`,
    );
  }
  return outcome;
}
