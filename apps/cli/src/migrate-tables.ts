// Apart from the command that offers it, so that no other command loads what talks to databases.
export { migrateAll } from '@enishi/migrations';
