import type { HttpRequest } from './http';

/** Gathers, while a handler runs, whose personal data its answer carries. */
export class ReadsCollector {
  private readonly ids = new Set<string>();
  private readonly names = new Set<string>();
  private why: string | undefined;
  private spoken = false;

  /** People whose data the answer opens. Call it with nothing when there are none: silence is an error. */
  add(...personIds: readonly string[]): this {
    this.spoken = true;
    for (const id of personIds) this.ids.add(id);
    return this;
  }

  /** Names of the fields searched by or revealed; never their values. */
  fields(...names: readonly string[]): this {
    for (const name of names) this.names.add(name);
    return this;
  }

  /** Why it is read, where the route asks for it. */
  reason(text: string): this {
    this.why = text;
    return this;
  }

  /** What was gathered; `undefined` where the handler never said. */
  get gathered():
    | { readonly personIds: readonly string[]; readonly fields: readonly string[]; readonly reason?: string }
    | undefined {
    if (!this.spoken) return undefined;
    return {
      personIds: [...this.ids],
      fields: [...this.names].sort(),
      ...(this.why !== undefined && { reason: this.why }),
    };
  }
}

/**
 * The collector of a request, for handlers under `@OpensPersonalData`.
 *
 * @example
 * readsOf(request).fields('name', 'department').add(...page.map((row) => row.alumnusId));
 */
export function readsOf(request: HttpRequest | object): ReadsCollector {
  return ((request as HttpRequest).enishiReads ??= new ReadsCollector());
}
