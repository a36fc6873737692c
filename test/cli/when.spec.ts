import { when } from '../../apps/cli/src/output/when';

describe('an instant on the terminal', () => {
  it('is shown in Asia/Tokyo, whatever the zone of the terminal', () => {
    expect(when('2026-11-21T11:01:15.566Z')).toBe('2026-11-21 20:01:15.566 JST');
    expect(when('2026-12-31T15:00:00.000Z')).toBe('2027-01-01 00:00:00.000 JST');
  });

  it('is left as it is where it is none', () => {
    expect(when(undefined)).toBe('');
    expect(when('soon')).toBe('soon');
  });
});
