import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catcherDoor, caughtMailPurger } from './catcher';

const home = mkdtempSync(path.join(tmpdir(), 'enishi-catcher-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('what was caught is gone once somebody is erased, and mail is caught again', async () => {
  const door = catcherDoor(home);
  const letter = {
    messageId: '<0a1b@localhost>',
    to: 'hanako@example.jp',
    subject: '訂正',
    text: '髙﨑 花子 様',
  };
  const { signal } = new AbortController();
  await door.send(letter, signal);
  const [name] = readdirSync(path.join(home, 'mail'));
  expect(readFileSync(path.join(home, 'mail', name!), 'utf8')).toContain('髙﨑 花子');
  const { store, purge } = caughtMailPurger(home);
  const people = { alumnusIds: ['a'], categories: ['request-record'] as const, position: 1n };
  await purge(people);
  await purge(people);
  expect([store, readdirSync(home)]).toEqual(['home/mail', []]);
  await door.send(letter, signal);
  expect(readdirSync(path.join(home, 'mail'))).toHaveLength(1);
});
