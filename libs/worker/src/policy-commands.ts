import {
  CLOCK_STREAM,
  consentStream,
  DIGEST_STREAM,
  handle,
  letterStream,
  recipientsStream,
  requestStream,
  purposeStream,
  writeLetter,
  type CommandContext,
  type Ledger,
  type Outcome,
} from '@enishi/application/ledger';
import {
  consentEndedBy,
  consentExpiryDecider,
  later,
  purposeDecider,
  requestDecider,
  tellingDecider,
  type ConsentEvent,
  type Fact,
  type NoteRecipient,
  type PolicyCommand,
} from '@enishi/domain';
import { NOTICES } from './notices/all';
import { digestOf } from './notices/digest';
import { retentionNoticeOf } from './notices/retention-due';
import type { Outbox } from './outbox';

/** When the daily mail is sent, and to whom beside the officer. */
export interface DigestSettings {
  /** In Japan. */
  readonly hour: number;
  /** Those that have a mailbox. */
  readonly roles: readonly string[];
}

/** The stream that a policy's command is about. */
export function targetOf(command: PolicyCommand): string {
  switch (command.kind) {
    case 'ExpireConsent':
      return consentStream(command.alumnusId, command.purposeId);
    case 'QueueNotice': {
      const { notice, aboutId } = command;
      return notice === 'letter' ? letterStream(aboutId) : NOTICES[notice].stream(aboutId);
    }
    case 'WriteLetter':
      return letterStream(command.letterId);
    case 'QueueDigest':
      return DIGEST_STREAM;
    case 'QueueRetentionNotice':
      return CLOCK_STREAM;
    case 'NoteRecipient':
    case 'OweNotice':
      return recipientsStream(command.alumnusId);
    case 'RecordPublication':
      return purposeStream(command.purposeId);
    case 'NoteReplySent':
    case 'NoteReplyReturned':
      return requestStream(command.requestId);
  }
}

/**
 * Carries a policy's command out. Its rules look at no sealed value, so that an erased key does not stand in the way.
 * @returns undefined for what is no command on the ledger
 */
export async function carryOut(
  ledger: Ledger,
  outbox: Outbox,
  command: PolicyCommand,
  context: CommandContext,
  digest: DigestSettings,
): Promise<Outcome | undefined> {
  switch (command.kind) {
    case 'ExpireConsent':
      return handle(ledger, consentExpiryDecider, targetOf(command), command, context, { opens: [] });
    case 'NoteRecipient': {
      const endedById = await endedBy(ledger, command);
      const noted = { ...command, ...(endedById !== undefined && { endedById }) };
      return handle(ledger, tellingDecider, targetOf(command), noted, context, { opens: [] });
    }
    case 'OweNotice':
      return handle(ledger, tellingDecider, targetOf(command), command, context, { opens: [] });
    case 'NoteReplySent':
    case 'NoteReplyReturned':
      return handle(ledger, requestDecider, targetOf(command), command, context, { opens: [] });
    case 'QueueNotice': {
      const { notice, aboutId } = command;
      await outbox.put({ id: context.commandId, notice, aboutId });
      return undefined;
    }
    case 'QueueRetentionNotice':
      await outbox.put({ ...retentionNoticeOf(ledger, command.month), notice: 'retention-due' });
      return undefined;
    case 'WriteLetter':
      return writeLetter(ledger, command.letterId, context);
    case 'QueueDigest': {
      const at = Date.parse(digestOf(ledger).from) + digest.hour * 3_600_000;
      const afterMs = Math.max(0, at - Date.parse(ledger.clock.now()));
      for (const whose of [undefined, ...digest.roles]) {
        const { id, aboutId } = digestOf(ledger, whose);
        await outbox.put({ id, notice: 'digest', aboutId }, afterMs);
      }
      return undefined;
    }
    case 'RecordPublication': {
      const { purposeId: _, kind: _kind, ...notice } = command;
      const order = { kind: 'RecordNotice', ...notice } as const;
      return handle(ledger, purposeDecider, targetOf(command), order, context, { opens: [] });
    }
  }
}

/** A consent may end while data is being given by it: what ended it then stands before the record of the provision. */
async function endedBy(
  { store, vault, clock }: Ledger,
  { alumnusId, purposeId, consentId }: NoteRecipient,
): Promise<string | undefined> {
  if (purposeId === undefined || consentId === undefined) return undefined;
  const records = await store.readStream(consentStream(alumnusId, purposeId));
  const consents = (await vault.openFacts(records, { categories: [] })) as readonly Fact<ConsentEvent>[];
  // What is decided within one moment is decided after each other, a little ahead of the clock.
  const at = consents.reduce((latest, { decidedAt }) => later(latest, decidedAt), clock.now());
  return consentEndedBy(consents, consentId, at);
}
