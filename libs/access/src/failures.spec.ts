import { Logger } from '@nestjs/common';
import { Failures, FAILURES_ALLOWED } from './failures';
import { safeReturnPath } from './return-path';

describe('failures of an address', () => {
  const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  beforeEach(() => logged.mockClear());

  it('make it wait past the limit, until the window is over, and leave its neighbours alone', () => {
    const failures = new Failures();
    for (let i = 0; i < FAILURES_ALLOWED; i++) {
      expect(() => failures.check('192.0.2.1', 1000)).not.toThrow();
      failures.record('192.0.2.1', 'token-not-valid', 1000);
    }
    expect(() => failures.check('192.0.2.1', 1000)).toThrow(
      expect.objectContaining({ status: 429, code: 'too-many-attempts', retryAfterSeconds: 60 }),
    );
    expect(() => failures.check('192.0.2.2', 1000)).not.toThrow();
    expect(() => failures.check('192.0.2.1', 61_001)).not.toThrow();
  });

  it('are logged by a tag that is the same for the same address, and no address', () => {
    const failures = new Failures();
    failures.record('192.0.2.1', 'token-not-valid');
    failures.record('192.0.2.1', 'token-not-valid');
    failures.record('192.0.2.2', 'token-not-valid');
    const clients = logged.mock.calls.map(([entry]) => (entry as { client: string }).client);
    expect(clients[0]).toBe(clients[1]);
    expect(clients[0]).not.toBe(clients[2]);
    expect(JSON.stringify(logged.mock.calls)).not.toContain('192.0.2');
  });

  it('of many addresses do not fill the memory', () => {
    const failures = new Failures();
    for (let i = 0; i < 10_050; i++) failures.record(`address-${i}`, 'x');
    expect((failures as unknown as { seen: Map<string, unknown> }).seen.size).toBe(10_000);
  });
});

test.each([
  ['/roster?purpose=a#b', '/roster?purpose=a#b'],
  ['/', '/'],
  ['/a/../b', '/b'],
  [undefined, '/'],
  ['', '/'],
  ['roster', '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/auth/login', '/'],
  ['javascript:alert(1)', '/'],
  [`/${'a'.repeat(3000)}`, '/'],
])('after signing in, %j leads to %j', (wanted, path) => expect(safeReturnPath(wanted)).toBe(path));
