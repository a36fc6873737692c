import type { AdapterPayload } from 'oidc-provider';

const KEPT = 10_000;

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/**
 * Where the development provider keeps sessions, codes and tokens: in this process. A restart forgets them;
 * our own sessions lie in the database and go on.
 */
export class MemoryAdapter {
  private static readonly entries = new Map<string, Entry>();

  constructor(private readonly model: string) {}

  private key(id: string): string {
    return `${this.model}:${id}`;
  }

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { entries } = MemoryAdapter;
    entries.delete(this.key(id));
    const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000;
    entries.set(this.key(id), { payload, expiresAt });
    if (entries.size > KEPT) entries.delete(entries.keys().next().value!);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const entry = MemoryAdapter.entries.get(this.key(id));
    return Promise.resolve(entry !== undefined && entry.expiresAt > Date.now() ? entry.payload : undefined);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.search('uid', uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.search('userCode', userCode);
  }

  consume(id: string): Promise<void> {
    const entry = MemoryAdapter.entries.get(this.key(id));
    if (entry !== undefined) entry.payload['consumed'] = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    MemoryAdapter.entries.delete(this.key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of MemoryAdapter.entries) {
      if (payload['grantId'] === grantId) MemoryAdapter.entries.delete(key);
    }
    return Promise.resolve();
  }

  private search(field: string, value: string): Promise<AdapterPayload | undefined> {
    for (const [key, { payload, expiresAt }] of MemoryAdapter.entries) {
      if (key.startsWith(`${this.model}:`) && payload[field] === value && expiresAt > Date.now()) {
        return Promise.resolve(payload);
      }
    }
    return Promise.resolve(undefined);
  }
}
