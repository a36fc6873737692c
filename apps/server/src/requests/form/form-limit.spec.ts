import { FormLimit } from './form-limit';

const HOUR = 3_600_000;

describe('the limit of the form', () => {
  it('lets an address send so often in an hour, and again after it', () => {
    const limit = new FormLimit(2);
    expect([1, 2, 3].map((at) => limit.take('192.0.2.1', at))).toEqual([true, true, false]);
    expect(limit.take('192.0.2.2', 4)).toBe(true);
    expect(limit.take('192.0.2.1', HOUR + 1)).toBe(true);
    expect(limit.take('192.0.2.1', HOUR + 1)).toBe(false);
    expect(limit.take('192.0.2.1', HOUR + 2)).toBe(true);
  });

  it('remembers no more addresses than it must', () => {
    const limit = new FormLimit(1);
    expect(limit.take('first', 0)).toBe(true);
    for (let n = 0; n < 10_000; n++) limit.take(`address ${n}`, 1);
    // Forgotten: the oldest of more than ten thousand.
    expect(limit.take('first', 2)).toBe(true);
    expect(limit.take('address 9999', 2)).toBe(false);
  });
});
