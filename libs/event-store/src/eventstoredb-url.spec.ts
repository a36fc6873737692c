import fc from 'fast-check';
import { clientConnectionString } from './eventstoredb-url';

test.each([
  ['esdb://localhost:2113', 'esdb://localhost:2113?nodePreference=leader'],
  ['esdb://a:1,b:2,c:3?tls=false', 'esdb://a:1,b:2,c:3?tls=false&nodePreference=leader'],
  ['kurrentdb+discover://db.example.jp', 'esdb+discover://db.example.jp?nodePreference=leader'],
  ['kurrentdb://u:p@h/?tls=true', 'esdb://u:p@h/?tls=true&nodePreference=leader'],
  ['esdb://h?NodePreference=follower', 'esdb://h?NodePreference=follower'],
  [
    'esdb://u:p%40ss%3F@h:2113?tls=true&tlsCaFile=/etc/ca.crt&keep-alive-interval=10000',
    'esdb://u:p%40ss%3F@h:2113?tls=true&tlsCaFile=/etc/ca.crt&keep-alive-interval=10000&nodePreference=leader',
  ],
])('%s is read', (given, expected) => {
  expect(clientConnectionString(given)).toBe(expected);
});

test.each([
  ['an option that is not known', 'esdb://h?tlsCertFile=/x', /not known: tlsCertFile/],
  ['a certificate not to be verified', 'esdb://h?tls=true&tlsVerifyCert=false', /always verified/],
  ['no host', 'esdb://', /cannot be read/],
  ['another scheme', 'http://h', /cannot be read/],
  ['an option without a value', 'esdb://h?tls', /cannot be read/],
])('%s is refused', (_, given, message) => {
  expect(() => clientConnectionString(given)).toThrow(message);
});

test('nothing of a password is ever quoted, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 4 }),
      fc.constantFrom('', '?tls=true', '?nothing=1'),
      (rest, options) => {
        const password = `Geheim${rest}`;
        try {
          clientConnectionString(`esdb://enishi:${password}@db.example.jp:2113${options}`);
        } catch (error) {
          const { message, remedy } = error as { message: string; remedy: string };
          expect(`${message} ${remedy}`).not.toContain('Geheim');
          expect(error).toMatchObject({ name: 'StoreMisconfigured', code: 'connection-string' });
        }
      },
    ),
  );
});

test('what stands behind a sign in the password that is not encoded is not quoted either', () => {
  for (const sign of ['?', '/', '#', '@', '&', ':', ',', ' ', '?x=1&'])
    expect(() =>
      clientConnectionString(`esdb://enishi:first${sign}Geheim=1@db.example.jp?nothing=1`),
    ).toThrow(expect.objectContaining({ message: expect.not.stringContaining('Geheim') as string }) as Error);
});
