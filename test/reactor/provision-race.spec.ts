import { randomUUID } from 'node:crypto';
import { consentStream, handle, systemContext } from '@enishi/application/ledger';
import {
  consentDecider,
  fold,
  provisionDecider,
  recipientDecider,
  type RecordProvision,
} from '@enishi/domain';
import { provisionStream, recipientsStream } from '../../libs/application/src/streams';
import { facts, type Given } from '../support/scenario';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

let glass: Sandglass;
beforeAll(async () => {
  glass = await openSandglass('provision_race', '2027-01-01T03:00:00.000Z');
});
afterAll(() => glass?.close());

const both = (text: string) => ({ ja: text, en: text });
const recipientId = randomUUID();
const entered: Given<'RecipientAdded'> = {
  type: 'RecipientAdded',
  data: {
    ...{ recipientId, staffId: recipientId, version: 1, code: 'agency', role: 'third-party' as const },
    content: {
      name: both('紹介'),
      address: both('東京都'),
      country: 'JP',
      basis: 'japan',
      task: both('紹介'),
    },
  },
};
const recipient = fold(recipientDecider, facts([entered]));

/** A provision that had looked at the consent and found that it stands. */
async function provide(alumnusId: string, purposeId: string, consentId: string): Promise<void> {
  const provisionId = randomUUID();
  const command: RecordProvision = {
    ...{ kind: 'RecordProvision', provisionId, staffId: randomUUID(), recipient, purposeId },
    ...{ ground: 'consent', items: ['name'], months: { processor: 12, measures: 12 } },
    people: [{ alumnusId, consentId }],
  };
  await handle(glass.ledger, provisionDecider, provisionStream(provisionId), command, systemContext('spec'));
}

/** @returns the id of the event */
async function withdraw(alumnusId: string, purposeId: string): Promise<string> {
  const said = {
    captureChannel: 'oral',
    method: 'oral',
    party: 'person',
    identityCheck: 'call-back',
  } as const;
  const command = { kind: 'WithdrawConsent', alumnusId, purposeId, ...said } as const;
  const stream = consentStream(alumnusId, purposeId);
  const outcome = await handle(glass.ledger, consentDecider, stream, command, systemContext('spec'));
  if (outcome.kind !== 'done') throw new Error(outcome.code);
  return outcome.eventIds[0]!;
}

it.each(['after', 'before'])(
  'a recipient is told once of a withdrawal that came just %s the record of the provision',
  async (order) => {
    const alumnusId = await glass.consent();
    const { store } = glass.ledger;
    const [record] = await store.readAll({ direction: 'backwards', limit: 1 });
    const { purposeId } = record!.data as { readonly purposeId: string };
    let causeId: string | undefined;
    if (order === 'before') causeId = await withdraw(alumnusId, purposeId);
    await provide(alumnusId, purposeId, record!.id);
    causeId ??= await withdraw(alumnusId, purposeId);
    await glass.during(() => glass.caughtUp());
    const kept = await store.readStream(recipientsStream(alumnusId));
    expect(kept.map(({ type, data }) => [type, data['causeId']])).toEqual([
      ['RecipientNoted', undefined],
      ['RecipientNoticeFellDue', causeId],
    ]);
  },
);
