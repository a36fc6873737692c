import fc from 'fast-check';
import { wantedLanguage } from './language';
import { markup, paragraphs } from './markup';
import { pageOf } from './page';

describe('markup', () => {
  it('escapes whatever stands in it, so that no value is more than text, in an attribute either', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { text } = markup`<p title="${value}">${value}</p>`;
        expect(text.match(/[<>"]/g)).toEqual(['<', '"', '"', '>', '<', '>']);
        const shown = /^<p title="(.*)">(.*)<\/p>$/s.exec(text)!.slice(1);
        const read = (part: string) =>
          part.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
        expect(shown.map(read)).toEqual([value, value]);
      }),
    );
  });

  it('takes markup as it is, lists of it one after the other, and nothing for what is absent', () => {
    const items = ['a', '<'].map((one) => markup`<li>${one}</li>`);
    expect(markup`<ul>${items}${undefined}${false}</ul>${0}`.text).toBe('<ul><li>a</li><li>&#60;</li></ul>0');
  });

  it('parts text by its empty lines, and keeps the others', () => {
    expect(paragraphs('a\r\nb\n\n \nc<\n').map(({ text }) => text)).toEqual([
      '<p>a<br>b</p>',
      '<p>c&#60;</p>',
    ]);
    expect(paragraphs(' \n ')).toEqual([]);
  });
});

it.each([
  ['ja', undefined, 'fr-FR,fr;q=0.9'],
  ['ja', undefined, undefined],
  ['en', undefined, 'en-GB,en;q=0.9,ja;q=0.8'],
  ['ja', undefined, 'ja,en;q=0.9'],
  ['ja', undefined, 'en;q=0.5, ja;q=0.5'],
  ['ja', undefined, 'en;q=2, *'],
  ['en', 'en', 'ja'],
  ['ja', 'ja', 'en'],
] as const)('a page is in %s, asked for %s by a browser that wants %s', (language, asked, accepted) => {
  expect(wantedLanguage(asked, accepted)).toBe(language);
});

it('a page says whose it is and leads to the other language, where it is told', () => {
  const body = markup`<p>本文</p>`;
  const plain = pageOf({ language: 'en', title: 'T', body });
  expect(plain).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(plain).not.toContain('<header');
  const whole = pageOf({ language: 'ja', title: '題', company: '架空 & 社', other: '?lang=en', body });
  expect(whole).toContain('<title>題 · 架空 &#38; 社</title>');
  expect(whole).toContain('<a href="?lang=en" lang="en" hreflang="en">English</a>');
});
