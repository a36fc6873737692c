import { refusal, scenario, type Given } from '../../../../test/support/scenario';
import { letterDecider, type LetterEvent, type OrderLetter } from './letter';

const { given } = scenario(letterDecider);
const order: OrderLetter = {
  ...{ kind: 'OrderLetter', letterId: 'l1', letter: 'request-received', about: { alumnusId: 'a1' } },
  ...{ language: 'ja', means: 'post', to: { name: '縁野 結', postalAddress: '東京都千代田区架空町1-2-3' } },
  ...{ values: { request: 'R-7d41', requestKind: '開示', receivedOn: '2025-12-20' }, numberedBy: 'fiscal' },
};
const { kind: _, numberedBy: _by, about: _about, ...stated } = order;
const ordered: Given<'LetterOrdered'> = {
  type: 'LetterOrdered',
  data: { ...stated, alumnusId: 'a1', year: 2025 },
};
const text = {
  ...{
    documentNumber: '縁-2025-1',
    date: '令和8年1月1日',
    addressee: '縁野 結 様',
    sender: ['株式会社架空'],
  },
  ...{ subject: '件名', body: '本文' },
};
const issue = { kind: 'IssueLetter', text, version: 0, textHash: 'aa' } as const;
const of = { letterId: 'l1', letter: 'request-received', alumnusId: 'a1' } as const;
const issued: Given<'LetterIssued'> = {
  type: 'LetterIssued',
  data: { ...of, means: 'post', documentNumber: text.documentNumber, version: 0, text, textHash: 'aa' },
};
const sent: Given<'LetterSent'> = { type: 'LetterSent', data: { ...of, means: 'post' } };
const goneOut = { kind: 'NoteSent', means: 'post' } as const;
const back = { kind: 'NoteNotDelivered', ground: 'returned' } as const;
const notDelivered: Given<LetterEvent> = { type: 'LetterNotDelivered', data: { ...of, ground: 'returned' } };

describe('a letter', () => {
  it('is ordered once, to where it can go', () => {
    given()
      .when(order)
      .then([ordered as never]);
    given(ordered).when(order).then([]);
    for (const to of [
      { name: '縁野 結' },
      { name: ' ', postalAddress: '東京都' },
      { name: '縁野 結', postalAddress: ' ' },
    ]) {
      given()
        .when({ ...order, to })
        .then(refusal('letter-address-missing', { means: 'post' }));
    }
  });

  it('is issued once, and not before it is ordered', () => {
    given(ordered)
      .when(issue)
      .then([issued as never]);
    given(ordered, issued).when(issue).then([]);
    given().when(issue).then(refusal('letter-unknown'));
  });

  it('has left when it was issued, by the means it was ordered for, once', () => {
    given(ordered, issued).when(goneOut).then([sent]);
    given(ordered, issued, sent).when(goneOut).then([]);
    given(ordered).when(goneOut).then(refusal('letter-not-issued'));
    given(ordered, issued)
      .when({ ...goneOut, means: 'email' })
      .then(refusal('letter-means', { means: 'post' }));
  });

  it('comes back only when it has left', () => {
    given(ordered, issued, sent).when(back).then([notDelivered]);
    given(ordered, issued, sent, notDelivered).when(back).then([]);
    given(ordered, issued).when(back).then(refusal('letter-not-sent'));
    given(ordered).when(back).then(refusal('letter-not-issued'));
  });
});
