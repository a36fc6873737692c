import { Option } from 'commander';
import { badInput } from '../failure';
import { leaf } from '../leaf';

interface Options {
  readonly issuer: string;
  readonly subject: string;
}

/** `enishi appoint-operator`: for the first account of a production ledger. */
export const APPOINT_OPERATOR = leaf<Options>({
  usage: 'appoint-operator',
  summary: 'make the first operator, straight in the database; operators grant everything else',
  examples: ['appoint-operator --issuer https://login.example.jp --subject 00u1a2b3c4'],
  notes: [
    'ENISHI_DATABASE   connection string of the serving role (required), as the server has it',
    'The subject is what the identity provider calls the person (`sub`), not a name or an address.',
  ].join('\n'),
  options: [
    new Option(
      '--issuer <url>',
      'the identity provider, as ENISHI_OIDC_ISSUER names it',
    ).makeOptionMandatory(),
    new Option('--subject <sub>', 'the person, as the identity provider names them').makeOptionMandatory(),
  ],
  async act(session, { issuer, subject }) {
    const databaseUrl = process.env['ENISHI_DATABASE'];
    if (databaseUrl === undefined) {
      throw badInput(
        'database-missing',
        'ENISHI_DATABASE が設定されていません。',
        'ENISHI_DATABASE is not set.',
        {
          ja: 'サーバーと同じデータベースの接続文字列（postgres://…）を設定してください。',
          en: 'Set it to the connection string of the database that the server uses (postgres://…).',
        },
      );
    }
    // Loaded when called, and only then: no other command talks to a database.
    const { appointOperator } = await import('../operator-access.js');
    const accountId = await appointOperator(databaseUrl, issuer, subject);
    await session.show({ outcome: 'done', accountId }, () =>
      session.t(`✓ 運用者を任命しました  ${accountId}`, `✓ Operator appointed  ${accountId}`),
    );
  },
});
