import type { Day } from '../kernel';

interface Designation {
  /** The day from which it holds. */
  readonly from: Day;
  readonly countries: readonly string[];
}

/**
 * Countries whose protection of personal data is recognised as equal to Japan's, by ISO 3166 code: the member states of the
 * European Economic Area and the United Kingdom (APPI 28(1), 施行規則 15 条, 個人情報保護委員会告示 of 2019). The latest last.
 */
const DESIGNATIONS: readonly Designation[] = [
  {
    from: '2019-01-23',
    countries: (
      'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK ' + 'IS LI NO GB'
    ).split(' '),
  },
];

/** Whether a country is one of them on that day. @param country ISO 3166 code, two capital letters */
export function isEquivalentCountry(country: string, on: Day): boolean {
  return DESIGNATIONS.findLast(({ from }) => from <= on)?.countries.includes(country) ?? false;
}
