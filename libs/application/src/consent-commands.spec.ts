import type { JsonObject, LifecycleEvent, WithdrawConsent } from '@enishi/domain';
import { OnConsent, OnConsentHandler } from './consent-commands';
import type { CommandContext } from './context';
import type { Ledger } from './handle';
import { alumnusStream, consentStream, lifecycleStream, purposeStream } from './streams';
import { facts, type Given } from '../../../test/support/scenario';
import { granted, request, withdraw } from '../../../test/support/consents';
import { version } from '../../../test/support/purposes';

const SOME = '0b6c0000-0000-4000-8000-000000000009';
const context = { commandId: SOME, correlationId: SOME, actor: 'staff:s' } as CommandContext;
const SCAN = '0b6c0000-0000-4000-8000-000000000001';

/** A ledger in which one consent is granted and the key of the person's data is lost. */
function ledgerWithLostKey(appended: JsonObject[]): Ledger {
  return {
    clock: { now: () => '2026-06-01T00:00:00.000Z' },
    pairs: { of: async () => [] },
    store: {
      readStream: async (stream: string) => [stream],
      append: async ({ events }: { events: readonly { data: JsonObject }[] }) => {
        appended.push(...events.map(({ data }) => data));
        return { revision: 1, position: 2n };
      },
    },
    vault: {
      openFacts: async ([stream]: readonly string[]) => {
        if (stream === consentStream('a1', 'p1')) return facts([granted]);
        throw new Error(`the key of ${stream} is lost`);
      },
      lease: () => ({
        seal: async (items: readonly { event: { data: JsonObject } }[]) =>
          items.map(({ event }) => event.data),
        release: () => undefined,
      }),
      artefacts: {
        sealedHash: async (owner: string, id: string) =>
          owner === 'alumnus:a1' && id === SCAN ? 'sealed-hash' : undefined,
      },
    },
  } as unknown as Ledger;
}

const carryOut = (change: Partial<WithdrawConsent>, appended: JsonObject[] = []) => {
  const { alumnusId: _, purposeId: __, ...command } = { ...withdraw, ...change };
  const order = new OnConsent('a1', 'p1', command, context);
  return new OnConsentHandler(ledgerWithLostKey(appended)).execute(order);
};

describe('a withdrawal', () => {
  it('opens nothing of the person: a lost key does not block it', async () => {
    const appended: JsonObject[] = [];
    expect(await carryOut({}, appended)).toMatchObject({ kind: 'done' });
    expect(appended).toHaveLength(1);
    await expect(ledgerWithLostKey([]).vault.openFacts([alumnusStream('a1')] as never)).rejects.toThrow();
  });

  it('is kept with the hash that the vault gave its artefact', async () => {
    const appended: JsonObject[] = [];
    expect(await carryOut({ artefactId: SCAN }, appended)).toMatchObject({ kind: 'done' });
    expect(appended).toMatchObject([{ artefactId: SCAN, artefactHash: 'sealed-hash' }]);
  });

  it('names no artefact that the vault does not hold', async () => {
    const other = '0b6c0000-0000-4000-8000-000000000002';
    expect(await carryOut({ artefactId: other })).toMatchObject({
      kind: 'refused',
      code: 'artefact-unknown',
    });
  });
});

describe('a request for consent', () => {
  const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31' };
  const placed: Given<LifecycleEvent> = {
    type: 'HoldPlaced',
    data: {
      alumnusId: 'a1',
      holdId: SOME,
      stopsContact: true,
      reviewAt: '2027-01-01T00:00:00.000Z',
      reason: '係争中',
    },
  };
  const released: Given<LifecycleEvent> = {
    type: 'HoldReleased',
    data: { alumnusId: 'a1', holdId: SOME },
  };

  /** What it comes to for somebody registered, with these facts about their data. */
  const asked = (lifecycle: readonly Given<LifecycleEvent>[]) => {
    const streams: Record<string, readonly unknown[]> = {
      [purposeStream('p1')]: facts([...version(1, 'first', '2025-01-01T00:00:00.000Z')]),
      [alumnusStream('a1')]: facts([
        { type: 'AlumnusRegistered', data: { alumnusId: 'a1', origin: 'hand', employment } },
      ] as never),
      [lifecycleStream('a1')]: facts([...lifecycle]),
    };
    const { vault, ...rest } = ledgerWithLostKey([]);
    const openFacts = async ([stream]: readonly string[]) => streams[stream!] ?? [];
    const ledger = { ...rest, vault: { ...vault, openFacts } } as unknown as Ledger;
    const { alumnusId: _, purposeId: __, schedule: ___, subject: ____, linked: _____, ...command } = request;
    return new OnConsentHandler(ledger).execute(new OnConsent('a1', 'p1', command, context));
  };

  it('is refused while a hold on the person stops contact', async () => {
    expect(await asked([])).toMatchObject({ kind: 'done' });
    expect(await asked([placed])).toMatchObject({ kind: 'refused', code: 'contact-held' });
    expect(await asked([placed, released])).toMatchObject({ kind: 'done' });
  });
});
