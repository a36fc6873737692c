import { longestKept, planOf, stayingOf, type KeptCategory } from './erasable';
import { messageOf } from './refusals';
import { ERASABLE, type Category } from './terms';

const TODAY = '2026-11-21';
const LIVING: readonly Category[] = ['programme', 'contact', 'consent-evidence', 'request-record'];
const evidence: KeptCategory = {
  category: 'consent-evidence',
  number: 'consent-evidence',
  until: '2031-05-10',
};
const record: KeptCategory = { category: 'request-record', number: 'request-record', until: '2026-11-20' };
const consent: KeptCategory = { category: 'contact', number: 'programme-keep' };
const programme: KeptCategory = { category: 'programme', number: 'programme-keep', until: '2026-11-21' };

describe('a plan of one person', () => {
  it('names what may go, and says of what must stay by which rule until when', () => {
    expect(planOf(LIVING, { ground: 'ordered' }, [evidence, record, consent, programme], TODAY)).toEqual({
      goes: [...ERASABLE, 'request-record'],
      waits: [evidence],
    });
  });

  it('takes evidence and records only when their own end has come, on the day after it', () => {
    const categories = ['consent-evidence'] as const;
    const on = (day: string) => planOf(LIVING, { ground: 'ordered', categories }, [evidence], day).goes;
    expect([on('2031-05-10'), on('2031-05-11')]).toEqual([[], categories]);
    expect(planOf(LIVING, { ground: 'ordered', categories }, [], TODAY).goes).toEqual(categories);
    const open: KeptCategory = { category: 'consent-evidence', number: 'consent-evidence' };
    expect(planOf(LIVING, { ground: 'ordered', categories }, [open], '2099-01-01').goes).toEqual([]);
  });

  it('takes of its own accord only what nothing keeps', () => {
    const wish = { ground: 'retention' } as const;
    expect(planOf(LIVING, wish, [evidence, record, consent, programme], TODAY)).toEqual({
      goes: ['request-record'],
      waits: [evidence, consent, programme],
    });
    // The whole of somebody: what never had a key is closed as well.
    expect(planOf(LIVING, wish, [evidence, record], TODAY).goes).toEqual([...ERASABLE, 'request-record']);
  });

  it('never closes evidence or records that are not there: a new consent writes its own', () => {
    expect(planOf(['contact'], { ground: 'ordered' }, [], TODAY).goes).toEqual(ERASABLE);
    expect(planOf([], { ground: 'ordered' }, [], TODAY)).toEqual({ goes: [], waits: [] });
    // Nor names again what went before.
    for (const ground of ['ordered', 'retention'] as const) {
      expect(planOf(['consent-evidence'], { ground }, [], TODAY).goes).toEqual(['consent-evidence']);
    }
  });
});

it('of several ends the latest wins, and what stands has none', () => {
  const standing: KeptCategory = { category: 'contact', number: 'programme-keep' };
  expect(longestKept([record, evidence])).toBe(evidence);
  expect(longestKept([evidence, standing, record])).toBe(standing);
  expect(longestKept([])).toBeUndefined();
  expect(stayingOf(['contact'], [standing, evidence], TODAY)).toEqual([standing]);
});

it('is refused with the article, the rule and the day', () => {
  const told = (until: string) =>
    messageOf('erasure-retained', 'en', { category: 'consent-evidence', number: 'consent-evidence', until });
  expect(told('2031-05-10')).toBe(
    'The evidence of consents must stay until 2031-05-10 and cannot be erased yet (APPI 22; policy).',
  );
  expect(told('')).toContain('until what keeps it has ended');
});
