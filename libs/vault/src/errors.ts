import type { Category } from '@enishi/domain';

/**
 * What the vault refuses or cannot do. `code` is stable; messages name types, fields and opaque ids and never
 * hold a value, so they may be logged and shown.
 */
export class VaultError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A key that is needed is closing or destroyed, and the event may not open a later generation. */
export class KeyClosed extends VaultError {
  constructor(
    readonly subject: string,
    readonly category: Category,
  ) {
    super('key-closed', `the ${category} key of ${subject} is closed: its data is being erased or is erased`);
  }
}

/** An event that does not follow the disclosure table. Names the field only where the table knows it. */
export class NotDeclared extends VaultError {
  constructor(
    readonly type: string,
    readonly field: string | undefined,
    readonly problem: string,
  ) {
    super('not-declared', `${type}${field === undefined ? '' : `.${field}`}: ${problem}`);
  }
}

/** A key that sealed something is not in the key table at all: a loss of data, never an erasure. */
export class KeyLost extends VaultError {
  constructor(
    readonly subject: string,
    readonly category: string,
    readonly generation: number,
  ) {
    super(
      'key-lost',
      `the ${category} key (generation ${generation}) of ${subject} is missing and has no tombstone; ` +
        'restore the newest backup of the vault',
    );
  }
}

/** Something sealed does not open: other bytes, another place, or another key than it was sealed with. */
export class SealBroken extends VaultError {
  constructor(where: string, options?: ErrorOptions) {
    super('seal-broken', `${where} does not open: it was altered or moved`, options);
  }
}

/** A process whose session lives has not let go of a closing key in time. Ending its session frees the key. */
export class AcknowledgementMissing extends VaultError {
  constructor(
    readonly closingNumber: number,
    /** PostgreSQL backends of the sessions that are waited for (for `pg_terminate_backend`). */
    readonly backends: readonly number[],
  ) {
    super(
      'acknowledgement-missing',
      `closing ${closingNumber} is not acknowledged by backend ${backends.join(', ')}; the key still exists. ` +
        'If that process does not answer, end its session and repeat',
    );
  }
}

/** The sealed file of an artefact is not there. */
export class ArtefactMissing extends VaultError {
  constructor(readonly artefactId: string) {
    super('artefact-missing', `artefact ${artefactId} is missing`);
  }
}

/** The master key setting or the key behind it is not usable. The message says what to do. */
export class MasterKeyInvalid extends VaultError {
  constructor(message: string, options?: ErrorOptions) {
    super('master-key-invalid', message, options);
  }
}

/** The key file of an epoch is in no place, or is not of this ledger and epoch. */
export class EpochKeyUnavailable extends VaultError {
  readonly remedy =
    'Bring its file back to the folder current or copy in ENISHI_EPOCHS, from where a copy is kept apart.';

  constructor(
    readonly epoch: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super('epoch-key-unavailable', `key of epoch ${epoch}: ${message}`, options);
  }
}

/** The vault's database does not answer or kept changing under the work. Nothing was sealed: repeat. */
export class VaultUnavailable extends VaultError {
  constructor(message: string, options?: ErrorOptions) {
    super('vault-unavailable', message, options);
  }
}
