import { Injectable } from '@nestjs/common';
import { Accounts, Tokens } from '@enishi/access/tables';

/** Names of those who act: of accounts, and of tokens by their account. */
@Injectable()
export class ActorNames {
  constructor(
    private readonly accounts: Accounts,
    private readonly tokens: Tokens,
  ) {}

  /** Who these actors are, by actor (`staff:…`, `token:…`); without those of whom no name is known. */
  async of(actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (!actors.some((actor) => /^(staff|token):/.test(actor))) return new Map();
    const [accounts, tokens] = await Promise.all([this.accounts.listAccounts(), this.tokens.listTokens()]);
    const labels = new Map(
      accounts.flatMap(({ id, label }) => (label === undefined ? [] : [[id, label] as const])),
    );
    for (const { id, accountId } of tokens) {
      const label = labels.get(accountId);
      if (label !== undefined) labels.set(id, label);
    }
    const named = actors.flatMap((actor) => {
      const name = labels.get(actor.slice(actor.indexOf(':') + 1));
      return name === undefined ? [] : [[actor, name] as const];
    });
    return new Map(named);
  }
}
