import { constants, inflateSync } from 'node:zlib';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';
import { consentReport } from './consent-report';
import { printReport } from './print-report';
import type { ReportFrame } from './report-frame';

const { Z_SYNC_FLUSH } = constants;
const NAME = '株式会社髙﨑𠮷野';
const frame: ReportFrame = {
  language: 'ja',
  author: NAME,
  foot: NAME,
  madeAt: '2026-11-21T06:04:05.000Z',
  steps: ['確かめ方'],
  codes: new Map([['p1', 'rehire']]),
  particulars: [['会社', NAME]],
};
const entry: ConsentEntry = {
  position: 1n,
  eventId: 'e1',
  kind: 'granted',
  alumnusId: 'a1',
  purposeId: 'p1',
  purposeVersion: 2,
  channels: ['email', 'phone'],
  captureChannel: 'paper',
  method: 'document',
  hasEvidence: true,
  effectiveAt: '2026-11-20T15:00:00.000Z',
  decidedAt: '2026-11-21T06:04:05.000Z',
  recordedAt: '2026-11-21T06:04:05.000Z',
  actor: 'staff:s1',
  commandId: 'c1',
};

describe('the history of consents as a report', () => {
  it('tells each entry in words and in Japan’s time, in either language', () => {
    const voided = { ...entry, eventId: 'e2', alumnusId: 'a2', voidedBy: 'e3' };
    expect(consentReport(frame, [entry, voided]).rows).toEqual([
      [
        '2026-11-21 00:00:00',
        '同意',
        'a1',
        'rehire v2',
        'メール、電話',
        '紙 / 書面',
        '',
        '2026-11-21 15:04:05',
        'e1',
      ],
      expect.arrayContaining(['同意（取消し済み）', 'a2', 'e2']),
    ]);
    expect(consentReport({ ...frame, language: 'en' }, [entry]).rows[0]).toEqual(
      expect.arrayContaining(['Consent granted', 'e-mail, telephone', 'paper / document']),
    );
  });

  it('counts lines, people and what happened', () => {
    const rows = [entry, { ...entry, kind: 'withdrawn' as const }, { ...entry, alumnusId: 'a2' }];
    expect(consentReport(frame, rows).totals).toEqual([
      ['行数', '3'],
      ['本人の数', '2'],
      ['同意', '2'],
      ['同意を撤回', '1'],
    ]);
  });

  it('fits the page', () => {
    const { columns } = consentReport(frame, []);
    expect(columns.reduce((sum, { width }) => sum + width, 0)).toBe(782);
  });

  it('has every rare character in the fonts that go with it, and tells readers which it is', async () => {
    const texts = textsIn(await printReport(consentReport(frame, [])));
    // A character without a glyph would be none of these, but an empty box.
    for (const character of NAME) expect(texts).toContain(`<${utf16(character)}>`);
  });
});

/** What is compressed in a PDF, the tables of its fonts among it. */
function textsIn(pdf: Buffer): string {
  const parts = [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)];
  return parts
    .map(([, part]) =>
      inflateSync(Buffer.from(part!, 'latin1'), { finishFlush: Z_SYNC_FLUSH }).toString('latin1'),
    )
    .join('\n');
}

function utf16(character: string): string {
  return character
    .split('')
    .map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
    .join(' ');
}
