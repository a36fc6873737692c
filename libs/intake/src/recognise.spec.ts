import * as iconv from 'iconv-lite';
import { generateLeavers } from './generate';
import { HEAD_BYTES, recognise } from './recognise';

const text = '社員番号,氏,名,入社日,退職日\r\n0001,髙橋,花子,2012/04/01,2019/03/31\r\n';
const encoded = (content: string, encoding: string, addBOM = false): Buffer =>
  iconv.encode(content, encoding, { addBOM });

describe('recognise', () => {
  it.each([
    ['utf-8', false, 'utf-8'],
    ['utf-8', true, 'utf-8'],
    ['cp932', false, 'cp932'],
    ['utf-16le', true, 'utf-16le'],
    ['utf-16be', true, 'utf-16be'],
  ])('knows %s (byte order mark: %s)', (encoding, bom, expected) => {
    expect(recognise(encoded(text, encoding, bom))).toEqual({
      ok: true,
      encoding: expected,
      bom,
      separator: ',',
      headers: ['社員番号', '氏', '名', '入社日', '退職日'],
      headerLine: 1,
      layout: 'unknown',
      myNumberColumns: [],
    });
  });

  it.each([
    [';', 'EmpID;First, Last;"a;b"\n'],
    ['\t', 'EmpID\tFirst, Last\tb\n'],
    [',', '"a;b;c;d",EmpID\n'],
  ])('knows the separator %j, quotes considered', (separator, content) => {
    expect(recognise(Buffer.from(content))).toMatchObject({ ok: true, separator });
  });

  it('makes headers that can be told apart', () => {
    expect(recognise(Buffer.from('a, a ,,a [2],\n'))).toMatchObject({
      headers: ['a', 'a [2]', '[3]', 'a [2] [2]', '[5]'],
    });
  });

  it('takes a header without rows, with blank lines before it', () => {
    expect(recognise(Buffer.from('\n\na,b'))).toMatchObject({ ok: true, headers: ['a', 'b'], headerLine: 3 });
  });

  it.each(['jinjer', 'plain'] as const)('knows the layout %s, from a head cut anywhere', (layout) => {
    const file = Buffer.concat([...generateLeavers({ count: 4000, seed: 1, layout, encoding: 'cp932' })]);
    for (let cut = HEAD_BYTES; cut < HEAD_BYTES + 8; cut += 1) {
      expect(recognise(file.subarray(0, cut))).toMatchObject({ ok: true, encoding: 'cp932', layout });
    }
  });

  it('knows CP932 that holds half-width kana and no other Japanese', () => {
    expect(recognise(encoded('EmpID,Kana\r\n1,ｽｽﾞｷ\r\n', 'cp932'))).toMatchObject({ encoding: 'cp932' });
  });

  it('finds columns of My Numbers, whatever they are called', () => {
    const rows = ['123456789018,x', '1234-5678-9018,y', '123456789018,1'];
    expect(recognise(Buffer.from(`管理番号,b\n${rows.join('\n')}\n`))).toMatchObject({
      myNumberColumns: ['管理番号'],
    });
    expect(recognise(Buffer.from(`管理番号,b\n${rows.slice(1).join('\n')}\n`))).toMatchObject({
      myNumberColumns: [],
    });
  });

  it.each([
    ['file-empty', Buffer.from('')],
    ['file-empty', Buffer.from('\ufeff\r\n')],
    ['file-is-zip', Buffer.from('PK\x03\x04....leavers.csv')],
    ['file-is-xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ['file-is-pdf', Buffer.from('%PDF-1.7\n')],
    ['file-is-binary', Buffer.from([0x1f, 0x8b, 0x08, 0, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48])],
    ['encoding-utf-16-without-bom', encoded(text, 'utf-16le')],
    ['encoding-utf-32', encoded(text, 'utf-32le', true)],
    ['encoding-euc-jp', encoded(text.replace('髙', '高'), 'euc-jp')],
    ['encoding-iso-2022-jp', Buffer.from('\x1b$B<R\x1b(B,b\n', 'latin1')],
    ['encoding-unknown', Buffer.from('n\xfam\xe9ro,pr\xe9nom\xff\n', 'latin1')],
    ['line-ends-unsupported', Buffer.from('a,b\r1,2\r')],
    ['separator-unknown', Buffer.from('name\nx\n')],
    ['header-missing', Buffer.from('0001,佐藤,2012/04/01\n')],
    ['header-missing', Buffer.from('佐藤,hanako@example.jp\n')],
    ['quote-unexpected', Buffer.from('a"b,c\n')],
  ])('refuses with %s', (code, bytes) => {
    expect(recognise(bytes)).toMatchObject({ ok: false, code });
  });

  it('never shows a cell of a file without a header row', () => {
    expect(JSON.stringify(recognise(Buffer.from('0001,佐藤,2012/04/01\n')))).not.toMatch(/0001|佐藤/);
  });
});
