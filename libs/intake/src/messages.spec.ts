import { INTAKE_CODES, messageOf } from './messages';

it.each(['ja', 'en'] as const)('every code says in %s what is wrong and what to do', (language) => {
  for (const code of INTAKE_CODES) {
    const { problem, remedy } = messageOf(code, language);
    expect(problem).toMatch(language === 'ja' ? /。$/ : /\.$/);
    expect(remedy).toMatch(language === 'ja' ? /。$/ : /\.$/);
  }
});

it('puts parameters in', () => {
  expect(messageOf('columns-ragged', 'en', { expected: 16, found: 15 }).problem).toBe(
    'The row has 15 cells, the header 16.',
  );
  expect(messageOf('quote-unclosed', 'ja', { line: 3 }).problem).toContain('3 行目');
});
