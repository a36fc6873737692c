import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { RecordedEvent } from '@enishi/event-store';
import type { Client } from 'pg';

/** A sealed group as stored, as far as opening it needs. */
interface Group {
  readonly subject: string;
  readonly category: string;
  readonly generation: number;
  readonly ciphertext: string;
}

interface Stand {
  readonly wrapped: Buffer;
  readonly sealed: string;
}

interface Page {
  readonly names: readonly [string[], string[], number[]];
  readonly stands: readonly Stand[];
}

const CATEGORIES = ['programme', 'contact'];
// As long as the additional data of a key and of a group.
const KEY_PLACE = Buffer.alloc(150, 'k');
const GROUP_PLACE = Buffer.alloc(300, 'g');

/**
 * The raw limit of opening: read the wrapped keys, unwrap each, open each group, parse it. Groups and keys are
 * stand-ins of exactly the same number and length, made before under keys of our own, because those of a vault
 * are its own affair.
 */
export class RawOpening {
  private readonly epochKey = randomBytes(32);
  private readonly pages: Page[] = [];

  /** Makes the stand-ins of a page. */
  prepare(records: readonly RecordedEvent[]): void {
    const groups = records.flatMap(({ data }) =>
      ((data['sealed'] ?? []) as unknown as readonly Group[]).filter(({ category }) =>
        CATEGORIES.includes(category),
      ),
    );
    this.pages.push({
      names: [
        groups.map(({ subject }) => subject),
        groups.map(({ category }) => category),
        groups.map(({ generation }) => generation),
      ],
      stands: groups.map(({ ciphertext }) => {
        const key = randomBytes(32);
        const empty = `{"salt":"${randomBytes(32).toString('base64')}","values":{"x":""}}`;
        const fill = Math.max(0, Buffer.byteLength(ciphertext, 'base64') - 28 - empty.length);
        const plain = empty.replace('""', `"${'x'.repeat(fill)}"`);
        return {
          wrapped: seal(this.epochKey, key, KEY_PLACE),
          sealed: seal(key, Buffer.from(plain), GROUP_PLACE).toString('base64'),
        };
      }),
    });
  }

  /** Opens what stands on a page. */
  async open(client: Client, page: number): Promise<void> {
    const { names, stands } = this.pages[page]!;
    if (stands.length === 0) return;
    await client.query({
      name: 'raw-keys',
      text: `SELECT k.subject, k.category, k.generation, k.state, k.wrapped, k.epoch
        FROM unnest($1::text[], $2::text[], $3::integer[]) AS w (subject, category, generation)
        CROSS JOIN LATERAL (SELECT * FROM vault.keys k WHERE k.subject = w.subject
          AND k.category = w.category AND k.generation = w.generation LIMIT 1) k`,
      values: [...names],
    });
    for (const { wrapped, sealed } of stands) {
      const key = open(this.epochKey, wrapped, KEY_PLACE);
      JSON.parse(open(key, Buffer.from(sealed, 'base64'), GROUP_PLACE).toString('utf8'));
    }
  }
}

function seal(key: Buffer, plain: Buffer, place: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, sealed: Buffer, place: Buffer): Buffer {
  const end = sealed.length - 16;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(place).setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(12, end));
  decipher.final();
  return plain;
}
