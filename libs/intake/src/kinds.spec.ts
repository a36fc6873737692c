import { EMPLOYMENT_KINDS, LEAVING_KINDS } from '@enishi/domain';
import { readEmploymentKind, readLeavingKind } from './kinds';

it.each([
  ['正社員', 'regular'],
  ['正規', 'regular'],
  ['契約社員', 'contract'],
  ['パート', 'part-time'],
  ['ﾊﾟｰﾄ・ｱﾙﾊﾞｲﾄ', 'part-time'],
  ['派遣', 'dispatch'],
  ['派遣社員', 'dispatch'],
  ['嘱託社員', 'commissioned'],
  ['取締役', 'executive'],
  ['その他', 'other'],
  ['Full-time', 'regular'],
  ['Part time', 'part-time'],
  ['業務委託', undefined],
])('%s is the employment kind %s', (text, kind) => {
  expect(readEmploymentKind(text)).toBe(kind);
});

it.each([
  ['自己都合', 'personal-reason'],
  ['一身上の都合', 'personal-reason'],
  ['契約満了', 'contract-end'],
  ['契約期間満了', 'contract-end'],
  ['定年', 'retirement-age'],
  ['会社都合', 'company-reason'],
  ['整理解雇', 'company-reason'],
  ['解雇', 'dismissal'],
  ['普通解雇', 'dismissal'],
  ['懲戒', 'disciplinary-dismissal'],
  ['懲戒解雇', 'disciplinary-dismissal'],
  ['死亡', 'death'],
  ['その他', 'other'],
  ['Voluntarily Terminated', 'personal-reason'],
  ['Terminated for Cause', 'dismissal'],
  ['謎', undefined],
])('%s is the leaving kind %s', (text, kind) => {
  expect(readLeavingKind(text)).toBe(kind);
});

it('reads each code of the domain as itself', () => {
  for (const kind of EMPLOYMENT_KINDS) expect(readEmploymentKind(kind)).toBe(kind);
  for (const kind of LEAVING_KINDS) expect(readLeavingKind(kind)).toBe(kind);
});
