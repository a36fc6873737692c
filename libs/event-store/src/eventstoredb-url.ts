import { StoreMisconfigured } from './store-misconfigured';

/** `scheme://`, perhaps `user:password@`, hosts, perhaps `?options`. Nothing in it may be left to guessing. */
const FORM =
  /^(esdb|kurrentdb)(\+discover)?:\/\/(?:[^:/?#@,\s]+:[^:/?#@,\s]*@)?[^/?#@\s]+\/?(?:\?([^#@\s]*))?$/;

/** The client's options, as it compares their names: without case, `-` and `_`. */
const OPTIONS = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
]);

/**
 * A connection string as the client understands it: it knows one scheme only, and reads from any node of a cluster
 * unless told to keep to the leader, which alone knows what it has just acknowledged.
 *
 * What is wrong is refused here, because the client quotes the whole string, with the password, in its errors and
 * on standard error.
 *
 * @param url `esdb://…` or `kurrentdb://…`
 * @throws StoreMisconfigured `connection-string`; quotes nothing of it but the name of an option
 */
export function clientConnectionString(url: string): string {
  const form = FORM.exec(url.trim());
  if (!form) throw unreadable();
  for (const option of (form[3] ?? '').split('&').filter(Boolean)) {
    const [name = '', value] = option.split('=');
    const flat = name.toLowerCase().replaceAll(/[-_]/g, '');
    if (value === undefined || value === '' || !/^\w[\w-]*$/.test(name)) throw unreadable();
    if (!OPTIONS.has(flat)) throw unknown(name);
    if (flat === 'tlsverifycert' && value === 'false') throw unverified();
  }
  const known = url.trim().replace(/^kurrentdb(\+discover)?:/, 'esdb$1:');
  if (/[?&]nodePreference=/i.test(known)) return known;
  return `${known}${known.includes('?') ? '&' : '?'}nodePreference=leader`;
}

/** The connection string is none; what it is is not told. */
export function unreadable(): StoreMisconfigured {
  return new StoreMisconfigured(
    'connection-string',
    'The connection string of EventStoreDB cannot be read.',
    'Write esdb://user:password@host:2113?tls=true&tlsCaFile=/path; in user and password encode every special character (percent).',
  );
}

/** The file of a certificate is not where the connection string says. */
export function certificateMissing(): StoreMisconfigured {
  return new StoreMisconfigured(
    'connection-string',
    'A certificate file that the connection string of EventStoreDB names is not there.',
    'Look at tlsCaFile, userCertFile and userKeyFile in ENISHI_EVENT_STORE.',
  );
}

function unknown(name: string): StoreMisconfigured {
  return new StoreMisconfigured(
    'connection-string',
    `The connection string of EventStoreDB has an option that is not known: ${name}.`,
    'Leave it out, or look at its spelling.',
  );
}

function unverified(): StoreMisconfigured {
  return new StoreMisconfigured(
    'connection-string',
    'The certificate of EventStoreDB is always verified: tlsVerifyCert=false cannot be had.',
    'Name the certificate of the authority that signed it: tlsCaFile=/path/to/ca.crt.',
  );
}
