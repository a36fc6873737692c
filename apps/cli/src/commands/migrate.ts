import { Option } from 'commander';
import { badInput } from '../failure';
import { leaf } from '../leaf';

interface Options {
  readonly servingRole: string;
}

/** `enishi migrate`: operators only, straight to the databases. */
export const MIGRATE = leaf<Options>({
  usage: 'migrate',
  summary: 'make or update the tables, as the role that owns the database; the server itself may not',
  examples: ['migrate', 'migrate --serving-role enishi_app'],
  notes: [
    'ENISHI_DATABASE_OWNER      connection string of the owner of the database (required)',
    'ENISHI_EVENT_STORE_OWNER   the same for the event store (default: the same database)',
    'They come from the environment, because a password in an argument stands in the process list.',
  ].join('\n'),
  options: [new Option('--serving-role <role>', 'the role that serves').default('enishi_app')],
  async act(session, { servingRole }) {
    const databaseOwnerUrl = process.env['ENISHI_DATABASE_OWNER'];
    const eventStoreOwnerUrl = process.env['ENISHI_EVENT_STORE_OWNER'];
    if (databaseOwnerUrl === undefined) {
      throw badInput(
        'owner-missing',
        'ENISHI_DATABASE_OWNER が設定されていません。',
        'ENISHI_DATABASE_OWNER is not set.',
        {
          ja: 'データベースの所有者の接続文字列（postgres://…）を設定してください。',
          en: 'Set it to the connection string of the owner of the database (postgres://…).',
        },
      );
    }
    const { migrateAll } = await import('../migrate-tables.js');
    await migrateAll({
      databaseOwnerUrl,
      servingRole,
      ...(eventStoreOwnerUrl !== undefined && { eventStoreOwnerUrl }),
    });
    await session.show({ outcome: 'done' }, () =>
      session.t('✓ テーブルを用意しました', '✓ Tables are ready'),
    );
  },
});
