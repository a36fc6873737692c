import fc from 'fast-check';
import { readDay } from './days';

const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('readDay', () => {
  it.each([
    ['2012/04/01', '2012-04-01'],
    ['2018-10-1', '2018-10-01'],
    ['2012.4.1', '2012-04-01'],
    ['2012年4月1日', '2012-04-01'],
    ['20120401', '2012-04-01'],
    ['２０１２／０４／０１', '2012-04-01'],
    ['2012-04-01 00:00:00', '2012-04-01'],
    ['2024/02/29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['平成22年4月1日', '2010-04-01'],
    ['平成 22年 4月 1日', '2010-04-01'],
    ['H22.4.1', '2010-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R1/5/1', '2019-05-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成元年1月8日', '1989-01-08'],
    ['s60.4.1', '1985-04-01'],
    ['㍻22年4月1日', '2010-04-01'],
    ['大正15年12月25日', '1926-12-25'],
    ['昭和元年12月25日', '1926-12-25'],
  ])('reads %s', (text, expected) => {
    expect(readDay(text)).toBe(expected);
  });

  it.each([
    ['2022/13/45', 'date-impossible'],
    ['2023-02-29', 'date-impossible'],
    ['1900/02/29', 'date-impossible'],
    ['2019/00/10', 'date-impossible'],
    ['平成0年4月1日', 'date-impossible'],
    ['平成31年5月1日', 'date-outside-era'],
    ['令和元年4月30日', 'date-outside-era'],
    ['昭和64年1月8日', 'date-outside-era'],
    ['4/5/2012', 'date-ambiguous'],
    ['13/5/2012', 'date-ambiguous'],
    ['12/04/01', 'date-two-digit-year'],
    ['41000', 'date-excel-serial'],
    ['2012/04-01', 'date-unreadable'],
    ['2012-04-01 09:30', 'date-unreadable'],
    ['=TODAY()', 'date-unreadable'],
  ])('says what is wrong with %s', (text, fault) => {
    expect(readDay(text)).toEqual({ fault });
  });

  it('reads days with the year last only in the order it is told', () => {
    expect(readDay('4/5/2012', 'mdy')).toBe('2012-04-05');
    expect(readDay('4/5/2012', 'dmy')).toBe('2012-05-04');
    expect(readDay('13/5/2012', 'mdy')).toEqual({ fault: 'date-impossible' });
  });

  it('reads every day back from every way of writing it', () => {
    const japanese = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' });
    fc.assert(
      fc.property(day, (iso) => {
        const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
        const written = [
          iso,
          `${year}/${Number(month)}/${Number(dayOfMonth)}`,
          `${year}年${Number(month)}月${Number(dayOfMonth)}日`,
          year + month + dayOfMonth,
        ];
        // The calendar of the platform is the measure for eras; Meiji is not read.
        if (iso >= '1912-07-30') written.push(japanese.format(new Date(`${iso}T00:00:00Z`)));
        for (const text of written) expect(readDay(text)).toBe(iso);
        expect(readDay(`${month}/${dayOfMonth}/${year}`, 'mdy')).toBe(iso);
      }),
      { numRuns: 500 },
    );
  });
});
