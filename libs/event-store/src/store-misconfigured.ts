/** The store is not set up as the ledger needs it; nothing was opened. `code` is stable. */
export class StoreMisconfigured extends Error {
  constructor(
    readonly code:
      | 'serving-role-privileged'
      | 'synchronous-commit'
      | 'transaction-isolation'
      | 'schema-version'
      | 'connection-string'
      | 'access-denied'
      | 'certificate-refused',
    message: string,
    /** What to do about it. */
    readonly remedy?: string,
  ) {
    super(message);
    this.name = 'StoreMisconfigured';
  }
}
