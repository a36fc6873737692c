import { useWords } from '../words/language';
import { DUE_NOW } from './retention';

/** Says a month of what falls due: `2027年3月`, `March 2027`, or that it is due already. */
export function useMonthText(): (month: string) => string {
  const { w, language } = useWords();
  return (month) => {
    if (month === DUE_NOW) return w.erasure.dueNow;
    const [year, count] = month.split('-');
    if (count === undefined || !/^\d+$/.test(count)) return w.erasure.notDated;
    return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
      timeZone: 'UTC',
      year: 'numeric',
      month: language === 'ja' ? 'long' : 'short',
    }).format(Date.UTC(Number(year), Number(count) - 1));
  };
}
