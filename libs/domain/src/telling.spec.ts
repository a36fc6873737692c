import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { fold } from './kernel';
import { stillDue, tellingDecider, type NoteRecipient, type OweNotice, type TellingEvent } from './telling';

const { given } = scenario(tellingDecider);
const of = { alumnusId: 'a', recipientId: 'r' };
const noted = (recipientId: string, more: object = {}): Given<TellingEvent> => ({
  type: 'RecipientNoted',
  data: { ...of, recipientId, provisionId: `p-${recipientId}`, items: ['name', 'email'], ...more },
});
const due = (recipientId: string, causeId: string): Given<TellingEvent> => ({
  type: 'RecipientNoticeFellDue',
  data: { ...of, recipientId, causeId, ground: 'correction', items: ['email'] },
});
const told = (recipientId: string, ...causeIds: string[]): Given<TellingEvent> => ({
  type: 'RecipientTold',
  data: { ...of, recipientId, staffId: 's', causeIds, means: 'email', proof: '返信あり' },
});
const dataOf = ({ data }: Given<TellingEvent>) => data as never;
const corrected: OweNotice = {
  kind: 'OweNotice',
  alumnusId: 'a',
  causeId: 'k',
  ground: 'correction',
  items: ['email', 'phone'],
};
const tell = { kind: 'TellRecipient', ...of, staffId: 's', means: 'email', proof: '返信あり' } as const;

it('keeps who was given what, once for each provision', () => {
  const data = dataOf(noted('r'));
  const command = { kind: 'NoteRecipient', ...(data as object) } as never;
  given()
    .when(command)
    .then([{ type: 'RecipientNoted', data }]);
  given(noted('r')).when(command).then([]);
});

it('has who was given data by a consent that had ended by then told of it, once', () => {
  const by = { purposeId: 'u', consentId: 'x' };
  const note = { kind: 'NoteRecipient', ...(dataOf(noted('r', by)) as object) } as NoteRecipient;
  const owed = {
    type: 'RecipientNoticeFellDue',
    data: { ...of, causeId: 'k', ground: 'withdrawal', items: ['name', 'email'] },
  } as const;
  given(noted('q', by))
    .when({ ...note, endedById: 'k' })
    .then([
      { type: 'RecipientNoted', data: dataOf(noted('r', by)) },
      { ...owed, data: { ...owed.data, recipientId: 'q' } },
      owed,
    ] as never);
  given(noted('r', by), owed)
    .when({ kind: 'OweNotice', alumnusId: 'a', causeId: 'k', ground: 'withdrawal', purposeId: 'u' })
    .then([]);
});

describe('who was given a value must be told', () => {
  const fellDue = (recipientId: string, items: readonly string[], ground = 'correction') => ({
    type: 'RecipientNoticeFellDue',
    data: { ...of, recipientId, causeId: 'k', ground, items },
  });

  it('that it was corrected: each once, and nobody who was given others alone', () => {
    given(noted('r'), noted('q'), noted('n', { items: ['name'] }))
      .when(corrected)
      .then([fellDue('r', ['email']), fellDue('q', ['email'])] as never);
    given(noted('r'), due('r', 'k')).when(corrected).then([]);
    given().when(corrected).then([]);
  });

  it('that consent was withdrawn, of what was given for that purpose', () => {
    const { items: _, ...rest } = corrected;
    const withdrawn = { ...rest, ground: 'withdrawal', purposeId: 'u' } as const;
    given(noted('r', { purposeId: 'u' }), noted('q', { purposeId: 'v' }), noted('n'))
      .when(withdrawn)
      .then([fellDue('r', ['name', 'email'], 'withdrawal')] as never);
    given(noted('r', { purposeId: 'u', consentId: 'x' }), noted('q', { purposeId: 'u', consentId: 'y' }))
      .when({ ...withdrawn, consentId: 'x' })
      .then([fellDue('r', ['name', 'email'], 'withdrawal')] as never);
  });

  it('that data was erased, by its categories', () => {
    const { items: _, ...rest } = corrected;
    given(noted('r'), noted('n', { items: ['employments'] }))
      .when({ ...rest, ground: 'erasure', categories: ['contact'] })
      .then([fellDue('r', ['email'], 'erasure')] as never);
  });
});

describe('telling', () => {
  it('covers all that was due by then, and nothing of others', () => {
    given(noted('r'), noted('q'), due('r', 'k1'), due('q', 'k1'), due('r', 'k2'))
      .when(tell)
      .then([{ type: 'RecipientTold', data: dataOf(told('r', 'k1', 'k2')) }]);
    given(noted('r'), due('r', 'k1'), told('r', 'k1')).when(tell).then([]);
    given(noted('r'), due('r', 'k1'), due('r', 'k2'))
      .when({ ...tell, effectiveAt: '2026-01-01T00:02:00.000Z' })
      .then([
        {
          type: 'RecipientTold',
          data: dataOf(told('r', 'k1')),
          effectiveAt: '2026-01-01T00:02:00.000Z',
        },
      ]);
  });

  it('needs a proof, and is not to come', () => {
    given(noted('r'), due('r', 'k1'))
      .when({ ...tell, proof: ' ' })
      .then(refusal('telling-proof-missing'));
    given(noted('r'), due('r', 'k1'))
      .when({ ...tell, effectiveAt: '2027-01-01T00:00:00.000Z' })
      .then(refusal('effective-in-future'));
    given(noted('r'), due('r', 'k1'))
      .when({ ...tell, proof: '123456789018' })
      .then(refusal('my-number', { field: 'proof' }));
  });

  it('leaves due what nobody was told of', () => {
    const given = [noted('r'), noted('q'), due('r', 'k1'), due('q', 'k1'), told('r', 'k1'), due('r', 'k2')];
    const state = fold(tellingDecider, facts(given));
    expect(stillDue(state).map(({ data }) => [data.recipientId, data.causeId])).toEqual([
      ['q', 'k1'],
      ['r', 'k2'],
    ]);
  });
});
