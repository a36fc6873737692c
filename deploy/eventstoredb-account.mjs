// Prepares a secured EventStoreDB for Enishi, as its administrator; may be repeated. It makes the service account that
// ENISHI_EVENT_STORE names (user and password), lets it read and append, and lets nobody but $admins delete, truncate or
// set metadata. The rules are those of all streams that have none of their own: give the ledger a server to itself.
//
//   EVENTSTORE_ADMIN='esdb://admin:…@node1:2113?tls=true&tlsCaFile=/path/ca.crt' \
//   ENISHI_EVENT_STORE='esdb://enishi:…@node1:2113,node2:2113?tls=true&tlsCaFile=/path/ca.crt' \
//   node deploy/eventstoredb-account.mjs
//
// Each may stand in a file: EVENTSTORE_ADMIN_FILE, ENISHI_EVENT_STORE_FILE.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { URLSearchParams } from 'node:url';
import { BACKWARDS, END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const ADMINS = '$admins';
const FORM = /^\w+(?:\+discover)?:\/\/([^:/?#@,\s]+):([^:/?#@,\s]+)@([^/?#@\s]+)\/?(?:\?(.*))?$/;

/** What went wrong, in one sentence without a value of a setting. */
class Refused extends Error {}

/** The setting's parts. */
function setting(name) {
  const file = process.env[`${name}_FILE`];
  const url = (process.env[name] || (file && readFileSync(file, 'utf8')) || '').trim();
  const [, user, password, hosts, options = ''] = FORM.exec(url) ?? [];
  if (hosts === undefined) throw new Refused(`${name} must be esdb://user:password@host:2113?tls=true&…`);
  const ca = new URLSearchParams(
    [...new URLSearchParams(options)].map(([key, value]) => [key.toLowerCase(), value]),
  );
  const [host] = hosts.split(',');
  return {
    url: url.replace(/^kurrentdb/, 'esdb'),
    user: decodeURIComponent(user),
    password: decodeURIComponent(password),
    host: host.includes(':') ? host : `${host}:2113`,
    ca: ca.has('tlscafile') ? readFileSync(ca.get('tlscafile')) : undefined,
  };
}

/** One call of the server's HTTP interface, as the administrator; answers its status and document. */
function call(admin, method, path, document) {
  return new Promise((resolve, reject) => {
    const [host, port] = admin.host.split(':');
    const asked = request(
      {
        ...{ host, port, path, method, ca: admin.ca },
        auth: `${admin.user}:${admin.password}`,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
      },
    );
    asked.on('error', reject);
    asked.end(document && JSON.stringify(document));
  });
}

/** Makes the account, or gives the one there this password. It is in no group. */
async function account(admin, { user: loginName, password }) {
  const fullName = 'Enishi';
  const made = await call(admin, 'POST', '/users/', { loginName, fullName, groups: [], password });
  if (made.status === 201) return;
  if (made.status !== 409) throw new Refused(`The server did not make the account (${made.status}).`);
  const reset = await call(admin, 'POST', `/users/${encodeURIComponent(loginName)}/command/reset-password`, {
    newPassword: password,
  });
  if (reset.status !== 200) throw new Refused(`The server did not set the password (${reset.status}).`);
}

const roles = (...given) => [...new Set(given.flat().filter((role) => role && role !== '$all'))];

/** The rules of streams that have none of their own. */
async function defaultRules(client, user) {
  let before = {};
  try {
    const last = client.readStream('$settings', { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    for await (const { event } of last) before = event?.data ?? {};
  } catch (error) {
    if (error.type !== 'stream-not-found') throw error;
  }
  const { $userStreamAcl: streams = {}, ...rest } = before;
  const data = {
    ...rest,
    $userStreamAcl: {
      $r: roles(ADMINS, streams.$r, user),
      $w: roles(ADMINS, streams.$w, user),
      $d: [ADMINS],
      $mr: [ADMINS],
      $mw: [ADMINS],
    },
  };
  await client.appendToStream('$settings', jsonEvent({ type: '$settings', data }));
}

/** The whole log, which Enishi follows and which only administrators read otherwise. */
async function readAll(client, user) {
  const { metadata: { acl, ...rest } = {} } = await client.getStreamMetadata('$all');
  const readRoles = roles(ADMINS, acl?.readRoles, user);
  await client.setStreamMetadata('$all', { ...rest, acl: { ...acl, readRoles } });
}

try {
  const admin = setting('EVENTSTORE_ADMIN');
  const service = setting('ENISHI_EVENT_STORE');
  if (service.user === admin.user) throw new Refused('ENISHI_EVENT_STORE must name an account of its own.');
  await account(admin, service);
  const client = EventStoreDBClient.connectionString(admin.url);
  await defaultRules(client, service.user);
  await readAll(client, service.user);
  await client.dispose();
  process.stdout.write('✓ The account may read and append, and nothing else.\n');
} catch (error) {
  // The client quotes connection strings: only our own words and the kind of an error are told.
  const kind =
    error instanceof Refused
      ? error.message
      : `EventStoreDB cannot be prepared (${error.code ?? error.name}).`;
  process.stderr.write(`✗ ${kind}\n`);
  process.exitCode = 1;
}
