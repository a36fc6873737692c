import { StoreMisconfigured } from './store-misconfigured';

/** What the client's errors say of themselves, which holds in every realm (Jest, vm). */
interface ClientError {
  readonly type?: string;
  readonly name?: string;
  readonly message?: string;
}

/** The server's definite answers to what was asked. */
const DEFINITE = new Set([
  'wrong-expected-version',
  'maximum-append-size-exceeded',
  'stream-not-found',
  'stream-deleted',
]);

/** Whether repeating may help: everything passes that is no definite answer, and no fault of the program's. */
export function isPassing(error: unknown): boolean {
  const { type, name } = error as ClientError;
  return !(DEFINITE.has(type ?? '') || name === 'TypeError' || name === 'SyntaxError');
}

/** The account may not do this, or the server's certificate is not believed: repeating does not help. */
export function isRefusal(error: unknown): boolean {
  return isDenial(error) || saysCertificate(error);
}

const isDenial = (error: unknown): boolean => (error as ClientError | undefined)?.type === 'access-denied';

const saysCertificate = (error: unknown): boolean =>
  /certificate|altname/i.test((error as ClientError | undefined)?.message ?? '');

/** What a person can mend, of what came out of the first call. */
export function misconfigured(error: unknown): StoreMisconfigured | undefined {
  const { cause } = error as { cause?: unknown };
  if (isDenial(cause)) {
    return new StoreMisconfigured(
      'access-denied',
      'EventStoreDB refuses the account in its connection string.',
      'Look at user and password, and that the account may read $all (docs/operations.md, "EventStoreDB elsewhere").',
    );
  }
  if (!saysCertificate(cause)) return undefined;
  return new StoreMisconfigured(
    'certificate-refused',
    "EventStoreDB's certificate is not believed: it is of another authority, for another name, or no longer valid.",
    'Name the certificate of the authority that signed it in ENISHI_EVENT_STORE: tlsCaFile=/path/to/ca.crt.',
  );
}

/** A message of the server may quote what was sent: only its kind is told. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
