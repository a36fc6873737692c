import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { consentDecider } from './consent';
import { consentAnswer, type ConsentEvent } from './consent-answer';

const { given } = scenario(consentDecider);
const about = { alumnusId: 'a1', purposeId: 'p1' };
const answer = {
  ...about,
  channels: ['email'],
  purposeVersion: 1,
  captureChannel: 'paper',
  method: 'document',
  party: 'person',
  identityCheck: 'document-seen',
  language: 'ja',
  noticeHash: 'a'.repeat(64),
} as const;
const complete: Given<ConsentEvent> = { type: 'ConsentGranted', data: answer };
const incomplete: Given<ConsentEvent> = {
  type: 'ConsentGranted',
  data: { ...answer, evidenceIncomplete: true },
};
const data = { ...about, approved: 'e1' };
const approved: Given<ConsentEvent> = { type: 'ConsentEvidenceApproved', data };
const withdrawn: Given<ConsentEvent> = { type: 'ConsentWithdrawn', data: { ...answer } };
const approve = { kind: 'ApproveEvidence', ...about, approved: 'e1' } as const;

it('is approved once, and only where something is missing', () => {
  given(incomplete)
    .when(approve)
    .then([{ type: 'ConsentEvidenceApproved', data }]);
  given(incomplete, approved).when(approve).then([]);
  given(complete).when(approve).then(refusal('evidence-not-incomplete'));
  given().when(approve).then(refusal('answer-unknown'));
});

it('is incomplete until then', () => {
  const known = facts([incomplete, approved]);
  const at = (instant: string) => consentAnswer(known, 'email', instant);
  expect(at(known[0]!.effectiveAt)).toMatchObject({ state: 'granted', incomplete: true });
  expect(at(known[1]!.effectiveAt).incomplete).toBeUndefined();
  expect(consentAnswer(facts([complete]), 'email', known[1]!.effectiveAt).incomplete).toBeUndefined();
});

it('does not bring back what was withdrawn since', () => {
  given(incomplete, withdrawn).when(approve).thenTypes('ConsentEvidenceApproved');
  const known = facts([incomplete, withdrawn, approved]);
  expect(consentAnswer(known, 'email', known[2]!.effectiveAt).state).toBe('withdrawn');
});
