import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAW, LAW_CODES } from '@enishi/domain';
import { LAW_TABLES } from './law-tables';

const ROOT = join(__dirname, '../..');
const FILE = join(ROOT, 'docs/law.md');
const placeOf = (name: string): RegExp =>
  new RegExp(`(<!-- made from the rule table: ${name} -->\n)[^]*?(\n<!-- end -->)`);

// ENISHI_WRITE_LAW=1 writes the tables anew; format them then with Prettier.
if (process.env['ENISHI_WRITE_LAW']) {
  const written = Object.entries(LAW_TABLES).reduce(
    (text, [name, make]) => text.replace(placeOf(name), (_, before, after) => `${before}\n${make()}${after}`),
    readFileSync(FILE, 'utf8'),
  );
  writeFileSync(FILE, written);
}

/** A table without what only aligns it. */
const bare = (table: string): string => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

describe('docs/law.md', () => {
  it.each(Object.keys(LAW_TABLES))('its table of %s is what the code executes', (name) => {
    const [text = ''] = placeOf(name).exec(readFileSync(FILE, 'utf8')) ?? [];
    expect(bare(text.split('\n').slice(1, -1).join('\n'))).toBe(bare(LAW_TABLES[name]!()));
  });

  it.each(LAW_CODES)('%s is executed where the table says, and tested by its code', (code) => {
    const { executed, test } = LAW[code];
    expect(readFileSync(join(ROOT, executed.file), 'utf8')).toContain(`function ${executed.by}(`);
    expect(existsSync(join(ROOT, test))).toBe(true);
    expect(readFileSync(join(ROOT, test), 'utf8')).toMatch(new RegExp(`['"]${code}\\b`));
  });
});
