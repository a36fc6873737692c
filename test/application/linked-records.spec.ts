import {
  noteFormerPairs,
  noticeHashes,
  OnConsent,
  OnConsentHandler,
  OnPair,
  OnPairHandler,
  OnPurpose,
  OnPurposeHandler,
  RegisterByHand,
  RegisterByHandHandler,
  systemContext,
  type Outcome,
} from '@enishi/application';
import { expression } from '../support/consents';
import { purposeContent } from '../support/purposes';
import { openTestRoom, type TestRoom } from './room';

jest.setTimeout(60_000);

const PURPOSE = '0b6c0000-0000-4000-8000-000000000001';
const context = () => systemContext('test');

describe('other records of a person', () => {
  let test: TestRoom;
  beforeAll(async () => {
    test = await openTestRoom('linked_records');
  });
  afterAll(() => test?.close());

  const publish = async (): Promise<void> => {
    const content = purposeContent();
    const draft = { kind: 'DraftPurpose', purposeId: PURPOSE, code: 'rehire', content } as const;
    for (const command of [
      { ...draft, ...noticeHashes(content) },
      { kind: 'PublishPurpose', version: 1 } as const,
    ])
      await new OnPurposeHandler(test.room.ledger).execute(new OnPurpose(PURPOSE, command, context()));
  };
  const register = async (number: string): Promise<string> => {
    const person = { name: { family: '岡', given: number } };
    const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31' };
    const order = new RegisterByHand(
      'hand',
      number,
      { kind: 'RegisterAlumnus', person, employment },
      context(),
    );
    return (await new RegisterByHandHandler(test.room.ledger).execute(order)).alumnusId!;
  };
  const consent = (who: string, command: OnConsent['command']): Promise<Outcome> =>
    new OnConsentHandler(test.room.ledger).execute(new OnConsent(who, PURPOSE, command, context()));
  const link = (one: string, other: string): Promise<Outcome> =>
    new OnPairHandler(test.room.ledger).execute(
      new OnPair(one, other, { kind: 'LinkAlumni', reason: '本人に確認した' }, context()),
    );

  it('are known to a ledger that was written before pairs were noted, once it is opened', async () => {
    const { pool, store } = test.room;
    await publish();
    const [one, other] = [await register('L-1'), await register('L-2')];
    const channels = ['email'] as const;
    await consent(one, { kind: 'RefuseConsent', ...expression, channels });
    expect(await link(one, other)).toMatchObject({ kind: 'done' });
    const ask = () =>
      consent(other, { kind: 'RequestConsent', channels, captureChannel: 'email', language: 'ja' });
    const forbidden = { kind: 'refused', code: 'linked-record-forbids', details: { alumnusId: one } };
    expect(await ask()).toMatchObject(forbidden);

    // As an earlier version left it.
    await pool.query('delete from app.linked_pairs; update app.ledger set pairs_noted = false');
    await noteFormerPairs(pool, store);
    expect(await ask()).toMatchObject(forbidden);

    // Looked through once, not at every start.
    await pool.query('delete from app.linked_pairs');
    await noteFormerPairs(pool, store);
    const { rows } = await pool.query('select from app.linked_pairs');
    expect(rows).toEqual([]);
  });
});
