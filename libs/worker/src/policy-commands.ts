import {
  consentStream,
  handle,
  importStream,
  type CommandContext,
  type Ledger,
  type Outcome,
} from '@enishi/application';
import { consentExpiryDecider, type PolicyCommand } from '@enishi/domain';
import type { Outbox } from './outbox';

/** The stream that a policy's command is about. */
export function targetOf(command: PolicyCommand): string {
  switch (command.kind) {
    case 'ExpireConsent':
      return consentStream(command.alumnusId, command.purposeId);
    case 'QueueNotice':
      return importStream(command.importId);
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
): Promise<Outcome | undefined> {
  switch (command.kind) {
    case 'ExpireConsent':
      return handle(ledger, consentExpiryDecider, targetOf(command), command, context, { opens: [] });
    case 'QueueNotice': {
      const { notice, importId: aboutId } = command;
      await outbox.put({ id: context.commandId, notice, aboutId });
      return undefined;
    }
  }
}
