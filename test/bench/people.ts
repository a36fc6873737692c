import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { startWorker } from '../../apps/server/src/worker';
import { PROJECTIONS } from '@enishi/projections/all';
import { importLeavers, startServer } from './bench-process';
import { answers, Desk, peopleOf, type PublishedPurpose } from './desk';
import type { Ground, Place } from './ground';
import { inParallel, perSecond, timed } from './measure';
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
    const waiting = [...consenting];
    const { events } = this.ground.options;
    // For so many events the views are filled meanwhile, by a process of their own as in a cluster.
    const views = events === undefined ? undefined : await startServer({ place, worker: true });
    const granted = await inParallel(256, async () => {
      const person = waiting.pop();
      if (person !== undefined) await desk.grant(person, purposes[0]!);
      return person !== undefined;
    });
    this.ground.say(`  … ${granted.count} consents given, ${perSecond(granted).toFixed(0)} a second`);
    if (events !== undefined) {
      const missing = events - Number(await room.store.head());
      await this.answerMore(missing, answers(desk, consenting, purposes.slice(1)));
    }
    const waited = await timed(() => caughtUp(room, views === undefined));
    await views?.stop();
    this.ground.say(`  … views caught up ${(waited / 1000).toFixed(0)} s later`);
    return { place, room, people, purposes, programmeId };
  }

  /** Answers of those who have consented, about other purposes, until the ledger is as large as it is to be. */
  private async answerMore(missing: number, commands: ReturnType<typeof answers>): Promise<void> {
    let begun = 0;
    const given = await inParallel(256, async () => {
      if (begun >= missing) return false;
      begun += 1;
      await commands.next().value();
      return true;
    });
    this.ground.say(`  … ${given.count} answers more, ${perSecond(given).toFixed(0)} a second`);
  }
}

/** Lets the views read the ledger to its end; for millions of events that takes a while. */
async function caughtUp(room: Infrastructure, here: boolean): Promise<void> {
  const worker = here ? startWorker(room, end) : undefined;
  const head = (await room.store.head())!;
  await Promise.all(PROJECTIONS.map(({ name }) => room.views.waitFor(name, head, 3_600_000)));
  await worker?.stop();
}
