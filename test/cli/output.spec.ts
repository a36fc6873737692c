import { plain } from '../../apps/cli/src/output/plain';
import { paletteOf } from '../../apps/cli/src/output/colour';
import { Progress, progressText } from '../../apps/cli/src/output/progress';
import { facts, table } from '../../apps/cli/src/output/table';
import { cut, pad, widthOf } from '../../apps/cli/src/output/width';
import type { Output } from '../../apps/cli/src/io';

function output(isTTY: boolean): Output & { written: string[] } {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  return { isTTY, columns: 60, write, written } as unknown as Output & { written: string[] };
}

describe('width on a terminal', () => {
  const cases: readonly (readonly [text: string, width: number])[] = [
    ['', 0],
    ['abc', 3],
    ['縁野', 4],
    ['髙﨑', 4],
    ['ﾊﾅｺ', 3],
    ['ｶﾞｷﾞ', 4],
    ['カ\u3099', 2],
    ['ハナコ', 6],
    ['㈱ＡＢ', 6],
    ['𠮷', 2],
    ['葛\u{e0100}', 2],
    ['a\u0000b', 2],
    ['👩‍👩‍👧', 2],
    ['①', 1],
    ['é', 1],
  ];
  it.each(cases)('%j takes %d columns', (text, width) => expect(widthOf(text)).toBe(width));

  it('fills up and cuts by columns', () => {
    expect(pad('縁', 4)).toBe('縁  ');
    expect(pad('縁', 4, 'right')).toBe('  縁');
    expect(cut('縁野花子', 5)).toBe('縁野…');
    expect(cut('縁野', 4)).toBe('縁野');
  });
});

it('a table aligns wide text, fills numbers from the left and leaves no space at the ends', () => {
  const text = table(
    [{ heading: '氏名' }, { heading: 'N', align: 'right' }, { heading: 'x' }],
    [
      ['縁野 花子', '7', 'a'],
      ['Li', '12', ''],
    ],
  );
  expect(text).toBe('氏名        N  x\n縁野 花子   7  a\nLi         12\n');
});

it('a name cannot drive the terminal', () => {
  expect(plain('a\u001b[2Jb\u202ec\nd')).toBe('a\ufffd[2Jb\ufffdc d');
  expect(
    facts([
      ['氏名', '\u0007縁野'],
      ['x', undefined],
      ['y', null],
    ]),
  ).toBe('氏名  \ufffd縁野\n');
});

describe('colour', () => {
  const cases: readonly (readonly [
    tty: boolean,
    env: NodeJS.ProcessEnv,
    wanted: boolean,
    coloured: boolean,
  ])[] = [
    [true, {}, true, true],
    [false, {}, true, false],
    [true, { NO_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '' }, true, true],
    [true, {}, false, false],
    [true, { TERM: 'dumb' }, true, false],
  ];
  it.each(cases)('terminal %j, environment %j, wanted %j: %j', (tty, env, wanted, coloured) => {
    expect(paletteOf(output(tty), env, wanted).bad('x') !== 'x').toBe(coloured);
  });
});

describe('progress', () => {
  it('says nothing in the first second, then a line every five where there is no terminal', () => {
    let now = 0;
    const to = output(false);
    const progress = new Progress(to, 'Importing', () => now);
    for (now = 0; now <= 12_000; now += 500) progress.update(now, 20_000, 'rows');
    progress.end();
    expect(to.written).toHaveLength(3);
    expect(to.written[0]).toMatch(/^Importing {2}█.* 5 % .* s left {2}1,000 rows \/ 20,000 rows\n$/);
  });

  it('redraws one line on a terminal, within its width, and takes it away', () => {
    let now = 0;
    const to = output(true);
    const progress = new Progress(to, '取り込み'.repeat(10), () => now);
    for (now = 0; now <= 2000; now += 50) progress.update(now, 2000, 'bytes');
    progress.end();
    expect(to.written.length).toBeGreaterThan(5);
    for (const text of to.written) expect(text.startsWith('\r\u001b[2K')).toBe(true);
    for (const text of to.written) expect(widthOf(text.slice(5))).toBeLessThan(60);
    expect(to.written.at(-1)).toBe('\r\u001b[2K');
  });

  it('counts what has no total', () => {
    expect(progressText(1500, undefined, 'bytes', 1)).toBe('2 kB');
    expect(progressText(2_500_000, 2_500_000, 'bytes', 1)).toBe(
      '████████████████████ 100 %  2.5 MB / 2.5 MB',
    );
  });
});
