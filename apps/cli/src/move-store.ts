import { startEmbedded } from '@enishi/embedded';
import { migrateAll, migrateStore, withSecretFiles, type StorePlace } from '@enishi/migrations';

/** What a move came to. */
export type Moved = Awaited<ReturnType<typeof migrateStore>>;

/** The embedded PostgreSQL of the folder, where a connection string could stand. */
export const EMBEDDED = 'embedded';

/**
 * Moves a ledger between event stores, with the embedded PostgreSQL started for as long as it takes where it is one of
 * the places.
 *
 * @param options.env ENISHI_DATABASE in it, or its file, is the database of vault and views; absent: the embedded one
 */
export async function moveStore(options: {
  readonly home: string;
  readonly from: string;
  readonly to: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: (leaves: bigint) => void;
}): Promise<Moved> {
  const { from, to, home, onProgress } = options;
  const databaseUrl = withSecretFiles(options.env)['ENISHI_DATABASE'] || undefined;
  if (databaseUrl !== undefined && from !== EMBEDDED && to !== EMBEDDED)
    return migrateStore({ from: placeOf(from), to: placeOf(to), databaseUrl, onProgress });
  const embedded = await startEmbedded({ home, onLog: () => undefined });
  try {
    await migrateAll({ databaseOwnerUrl: embedded.ownerUrl, servingRole: 'enishi_app' });
    const place = (url: string): StorePlace =>
      url === EMBEDDED ? { url: embedded.appUrl, embedded: true } : placeOf(url);
    return await migrateStore({
      from: place(from),
      to: place(to),
      databaseUrl: databaseUrl ?? embedded.appUrl,
      onProgress,
    });
  } finally {
    await embedded.stop();
  }
}

const placeOf = (url: string): StorePlace => ({ url, embedded: false });
