import type { Expression } from './consent-commands';
import type { Refusal } from './kernel';
import { refuse } from './refusals';
import { textsFault } from './texts';

/** What is wrong with the evidence of a grant, refusal or withdrawal; `undefined` where nothing is. */
export function evidenceFault(expression: Expression): Refusal | undefined {
  const { party, representative, artefactId, artefactHash } = expression;
  const named = representative !== undefined && representative.name.trim() !== '';
  if (party === 'legal-representative' && !named) return refuse('representative-missing');
  if (party === 'person' && representative !== undefined) return refuse('representative-unexpected');
  if ((artefactId === undefined) !== (artefactHash === undefined)) return refuse('artefact-incomplete');
  const { name, relation } = representative ?? {};
  return textsFault({
    evidence: expression.evidence,
    'representative.name': name,
    'representative.relation': relation,
  });
}

/** How it came in and what shows it, as the event keeps it: members that are absent stay so. */
export function evidenceData(expression: Expression) {
  const { captureChannel, method, party, identityCheck } = expression;
  const { evidence, representative, artefactId, artefactHash } = expression;
  return {
    captureChannel,
    method,
    party,
    identityCheck,
    ...(evidence !== undefined && { evidence }),
    ...(representative !== undefined && { representative }),
    ...(artefactId !== undefined && { artefactId }),
    ...(artefactHash !== undefined && { artefactHash }),
  };
}
