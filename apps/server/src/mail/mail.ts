import { smtpDoor, type MailDoor } from '@enishi/worker';
import type { ServerConfig } from '../config';
import { catcherDoor } from './catcher';

/** Where mail goes: by SMTP where a server is set; in development into the catcher; else nowhere, and it waits. */
export function mailOf({ ENISHI_SMTP, ENISHI_MODE }: ServerConfig): 'smtp' | 'catcher' | 'none' {
  if (ENISHI_SMTP !== undefined) return 'smtp';
  return ENISHI_MODE === 'development' ? 'catcher' : 'none';
}

/** The door for that; undefined where mail waits. */
export function mailDoor(config: ServerConfig): MailDoor | undefined {
  const { ENISHI_SMTP, ENISHI_MAIL_FROM, ENISHI_HOME } = config;
  if (ENISHI_SMTP !== undefined) return smtpDoor(ENISHI_SMTP, ENISHI_MAIL_FROM!);
  return mailOf(config) === 'catcher' ? catcherDoor(ENISHI_HOME) : undefined;
}
