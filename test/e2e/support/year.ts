import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enishi, newestIn, type Ran } from '../../backup/support';
import { api, type Api } from '../../support/api';
import { furnishHome } from '../../support/prepared-home';
import { startServer, temporaryHome, type TemporaryHome, type TestServer } from '../../support/server';
import { accepted, caughtUp, settledHead } from './steps';

/** Longer than any year that is told. */
const WITHOUT_END = '2100-01-01T00:00:00Z';

/**
 * What is so from the end of a stage on: a question, and its answer. It is asked before the stage too, and must have another
 * answer there: a claim that held anyway would not show what the stage did.
 */
export type Claims = Readonly<Record<string, readonly [ask: () => Promise<unknown>, answer: unknown]>>;

/** Waits until an answer is there. @throws Error after half a minute */
export async function untilThere<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(`in vain: ${what}`);
}

/** A company's server, what it keeps on other disks, and who works with it; on the day that the story says. */
export class Office {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'enishi-year-'));
  /** Compliance, HR and operator. */
  to!: Api;
  /** Compliance too: whoever approves what another has proposed. */
  second!: Api;
  auditor!: Api;
  nobody!: Api;
  private server!: TestServer;
  private readonly homes: TemporaryHome[] = [];
  private readonly tokens = { second: '', auditor: '' };

  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** @param day on which the company begins */
  async open(day: string): Promise<void> {
    this.turnTo(day);
    await this.serve(this.newHome());
    for (const [who, role] of [
      ['second', 'compliance'],
      ['auditor', 'auditor'],
    ] as const) {
      const account = { kind: 'machine', label: who };
      const { id } = accepted(await this.to.post<{ id: string }>('/v1/accounts', account)).body;
      accepted(await this.to.post(`/v1/accounts/${id}/grants`, { role, validUntil: WITHOUT_END }));
      const validUntil = new Date(Date.now() + 86_400_000).toISOString();
      const made = await this.to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
      this.tokens[who] = accepted(made).body.token;
    }
    this.connect();
    writeFileSync(this.file('enishi-verify.mjs'), (await this.nobody.get('/enishi-verify.mjs')).bytes);
  }

  /** Noon of this day in Japan begins. What waits for days goes on when somebody has confirmed it. */
  turnTo(day: string): void {
    writeFileSync(this.file('clock'), `${day}T03:00:00Z`);
  }

  /** The same, and the operator confirms it: until then the clock must not be believed. */
  async turnAndConfirm(day: string): Promise<void> {
    this.turnTo(day);
    const asks = async () => accepted(await this.to.get<{ asks: boolean }>('/v1/clock')).body.asks;
    await untilThere('the clock asks', async () => (await asks()) || undefined);
    accepted(await this.to.post('/v1/clock/confirmations', { day }));
    await untilThere('the clock is believed', async () => !(await asks()) || undefined);
  }

  /** Waits until nothing more follows by itself, and every view shows it. */
  async settled(): Promise<void> {
    await settledHead(this.to);
    await caughtUp(this.to);
  }

  async backUp(): Promise<Ran> {
    return enishi(this.homes.at(-1)!.home, ['backup', this.file('backups')], this.elsewhere);
  }

  /** The machine is lost with all that is on it. A new one gets the newest backup. */
  async loseAndRestore(): Promise<Ran> {
    await this.server.kill();
    const home = this.newHome();
    await furnishHome(home);
    const args = ['restore', newestIn(this.file('backups')), '--accept-loss'];
    const ran = await enishi(home, args, this.elsewhere);
    if (ran.code === 0) await this.serve(home);
    return ran;
  }

  /** As an auditor on a machine of their own, with the command that everybody may take. @returns its exit code */
  verify(bundle: string, ...more: readonly string[]): Promise<number> {
    const args = [this.file('enishi-verify.mjs'), this.file(bundle), ...more];
    return new Promise((resolve) => {
      execFile(process.execPath, args, (error) => resolve(error === null ? 0 : Number(error.code)));
    });
  }

  /**
   * Takes along the whole ledger, as soon as all of it is under a checkpoint.
   * @param since size of a checkpoint that was kept: the bundle proves that it goes on from there
   * @returns what is in the file
   */
  async takeBundle(name: string, since?: number): Promise<Buffer> {
    await this.settled();
    const { bytes } = await untilThere('a bundle', async () => {
      const answer = await this.auditor.get(
        `/v1/bundles/export?of=ledger${since === undefined ? '' : `&since=${since}`}`,
      );
      return answer.status === 200 ? answer : undefined;
    });
    writeFileSync(this.file(name), bytes);
    return bytes;
  }

  async close(): Promise<void> {
    await this.server?.stop();
    for (const { remove } of this.homes) await remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a company keeps apart from its databases. */
  private get elsewhere() {
    return { ENISHI_KEYS: `file:${this.file('master.key')}`, ENISHI_EPOCHS: this.file('epochs') };
  }

  private newHome(): string {
    this.homes.push(temporaryHome());
    return this.homes.at(-1)!.home;
  }

  private async serve(home: string): Promise<void> {
    this.server = await startServer({
      home,
      env: {
        ...this.elsewhere,
        ENISHI_TEST_CLOCK: this.file('clock'),
        ENISHI_CHECKPOINT_SECONDS: '1',
        // A second person for every plan of erasure.
        ENISHI_ERASURE_ALONE: '0',
      },
    });
    this.connect();
  }

  private connect(): void {
    this.to = api(this.server);
    this.second = api(this.server, this.tokens.second);
    this.auditor = api(this.server, this.tokens.auditor);
    this.nobody = api(this.server, null);
  }
}

/** Tells stages of a story as tests, in order. @returns tells one: what is done, and what is so from then on */
export function stagesIn(office: Office) {
  return (title: string, does: () => Promise<unknown>, claims: Claims): void => {
    it(title, async () => {
      const answers = async () => {
        const found: [claim: string, answer: unknown][] = [];
        for (const [claim, [ask]] of Object.entries(claims)) found.push([claim, await ask()]);
        return found;
      };
      const before = await answers();
      await does();
      await office.settled();
      const claimed = Object.entries(claims).map(([claim, [, answer]]) => [claim, answer]);
      expect(await answers()).toEqual(claimed);
      for (const [index, one] of before.entries()) expect(one).not.toEqual(claimed[index]);
    });
  };
}
