import { hash } from 'node:crypto';

/**
 * The id of an event: uuid v5 of (command id, stream, index within the command), so that a repeated command
 * sends the same ids and the store recognises them.
 */
export function eventId(commandId: string, stream: string, index: number): string {
  return v5(`${stream}/${index}`, commandId);
}

/** The id of a stream that a command creates: derived from the command, so a repeat creates the same one. */
export function createdId(commandId: string, what: string): string {
  return v5(`created:${what}`, commandId);
}

/** The command id of one row of an import: (batch, row number). */
export function rowCommandId(batchId: string, row: number): string {
  return v5(`row:${row}`, batchId);
}

/**
 * The id of a policy's command: of what it answers, not of a place in code, so that a repeat is one however often the
 * program changed meanwhile.
 */
export function policyCommandId(
  eventId: string,
  order: {
    readonly policy: string;
    readonly stream: string;
    readonly command: string;
    readonly discriminator: string;
  },
): string {
  const { policy, stream, command, discriminator } = order;
  return v5(`policy:${policy}/${stream}/${command}/${discriminator}`, eventId);
}

/** The uuid of version 5 (RFC 9562, 5.5) of a name within a namespace, itself a uuid. */
function v5(name: string, namespace: string): string {
  const hex = namespace.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new TypeError('the namespace is not a uuid');
  return uuidFromDigest(hash('sha1', Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(name)]), 'hex'));
}

/** A uuid (version 5 layout) made of the first 16 bytes of a hex digest. */
export function uuidFromDigest(hex: string): string {
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
