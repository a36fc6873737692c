import { consentStream, handle, type CommandContext, type Ledger, type Outcome } from '@enishi/application';
import { consentExpiryDecider, type PolicyCommand } from '@enishi/domain';

/** The stream that a policy's command is about. */
export function targetOf({ alumnusId, purposeId }: PolicyCommand): string {
  return consentStream(alumnusId, purposeId);
}

/** Carries a policy's command out. Its rules look at no sealed value, so that an erased key does not stand in the way. */
export function carryOut(ledger: Ledger, command: PolicyCommand, context: CommandContext): Promise<Outcome> {
  return handle(ledger, consentExpiryDecider, targetOf(command), command, context, { opens: [] });
}
