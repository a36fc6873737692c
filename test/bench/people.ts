import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { startWorker } from '../../apps/server/src/worker';
import { PROJECTIONS } from '@enishi/projections/all';
import { importLeavers } from './bench-process';
import { Desk, peopleOf, type PublishedPurpose } from './desk';
import type { Ground, Place } from './ground';
import { inParallel, perSecond } from './measure';
import { openRoom } from './room';

/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);

/** A ledger of people of whom a third has consented to the first purpose, with its views caught up. */
export interface Populated {
  readonly place: Place;
  readonly room: Infrastructure;
  readonly people: readonly string[];
  readonly purposes: readonly PublishedPurpose[];
  readonly programmeId: string;
}

/** The ledger full of people that several parts of the bench look at; filled once, by an import and by commands. */
export class People {
  private place: Promise<Place> | undefined;
  private populated: Promise<Populated> | undefined;

  constructor(private readonly ground: Ground) {}

  /** Takes over a place that was just imported into. */
  keep(place: Place): void {
    this.place ??= Promise.resolve(place);
  }

  /** The ledger, filled if nobody has done so. */
  open(): Promise<Populated> {
    this.place ??= this.fill();
    this.populated ??= this.place.then((place) => this.populate(place));
    return this.populated;
  }

  /** Lets the ledger go; for whoever never opened it, nothing. */
  async close(): Promise<void> {
    const populated = await this.populated?.catch(() => undefined);
    await populated?.room.close();
    this.populated = undefined;
  }

  private async fill(): Promise<Place> {
    const place = await this.ground.place('people');
    const { registered, milliseconds } = await importLeavers({ place, rows: this.ground.options.rows });
    this.ground.say(`  … ${registered} leavers imported in ${(milliseconds / 1000).toFixed(1)} s`);
    return place;
  }

  private async populate(place: Place): Promise<Populated> {
    const room = await openRoom(place);
    const desk = new Desk(room.ledger);
    const people = await peopleOf(room.ledger);
    const purposes = await desk.publishPurposes();
    const programmeId = await desk.publishProgramme(purposes[0]!.purposeId);
    const consenting = people.filter((_, index) => index % 3 === 0);
    const granted = await inParallel(256, async () => {
      const person = consenting.pop();
      if (person !== undefined) await desk.grant(person, purposes[0]!);
      return person !== undefined;
    });
    this.ground.say(`  … ${granted.count} consents given, ${perSecond(granted).toFixed(0)} a second`);
    const worker = startWorker(room, end);
    const head = (await room.store.head())!;
    await Promise.all(PROJECTIONS.map(({ name }) => room.views.waitFor(name, head, 600_000)));
    await worker.stop();
    return { place, room, people, purposes, programmeId };
  }
}
