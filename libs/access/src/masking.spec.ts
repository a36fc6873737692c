import { maskedEmail, maskedEmployeeNumber, maskedPhone, maskedText } from './masking';

test.each([
  ['090-1234-5678', '090-****-5678'],
  ['09012345678', '090-****-5678'],
  ['０９０－１２３４－５６７８', '090-****-5678'],
  ['+81 90 1234 5678', '090-****-5678'],
  ['03-1234-5678', '03-****-5678'],
  ['110', '****'],
  ['', '****'],
])('phone %s shows as %s', (phone, masked) => expect(maskedPhone(phone)).toBe(masked));

test.each([
  ['hanako@example.jp', 'h***@example.jp'],
  ['h@example.jp', '***@example.jp'],
  ['𠮷野@example.jp', '𠮷***@example.jp'],
  ['"a@b"@example.jp', '"***@example.jp'],
  ['no address', '***'],
  ['@example.jp', '***'],
])('mail %s shows as %s', (email, masked) => expect(maskedEmail(email)).toBe(masked));

test.each([
  ['A0012345', '******45'],
  ['1234', '**34'],
  ['123', '***'],
  ['', ''],
])('employee number %s shows as %s', (number, masked) => expect(maskedEmployeeNumber(number)).toBe(masked));

test('free text shows nothing, not even its length', () => {
  expect(maskedText('a')).toBe(maskedText('a long story'));
  expect(maskedText('')).toBe('');
});
