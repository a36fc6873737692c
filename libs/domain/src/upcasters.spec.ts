import { upcast, type UpcasterTable } from './upcasters';

const table: UpcasterTable = {
  TeaServed: {
    1: ({ cup, ...rest }) => ({ ...rest, vessel: cup }),
    2: (data) => ({ temperature: 'warm', ...data }),
  },
};

describe('upcast', () => {
  it('leaves current data as it is', () => {
    const data = { vessel: 'bowl' };
    expect(upcast('TeaServed', 3, 3, data, table)).toBe(data);
    expect(upcast('Unlisted', 1, 1, data, table)).toBe(data);
  });

  it('climbs one step per version', () => {
    expect(upcast('TeaServed', 2, 3, { vessel: 'bowl' }, table)).toEqual({
      vessel: 'bowl',
      temperature: 'warm',
    });
    expect(upcast('TeaServed', 1, 3, { cup: 'bowl' }, table)).toEqual({
      vessel: 'bowl',
      temperature: 'warm',
    });
  });

  it('does not change what it was given', () => {
    const data = Object.freeze({ cup: 'bowl' });
    upcast('TeaServed', 1, 3, data, table);
    expect(data).toEqual({ cup: 'bowl' });
  });

  it('works on data whose sealed fields are gone', () => {
    expect(upcast('TeaServed', 2, 3, {}, table)).toEqual({ temperature: 'warm' });
  });

  it('says which step is missing, and refuses what a newer program wrote', () => {
    expect(() => upcast('TeaServed', 3, 4, {}, table)).toThrow('TeaServed: no upcaster from version 3');
    expect(() => upcast('TeaServed', 4, 3, {}, table)).toThrow('written by a newer program');
  });
});
