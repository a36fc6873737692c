import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Letter } from './letters';
import { SendFault, type MailDoor } from './mail-door';

/** How long one letter may take in all, whatever the server does. */
const LETTER_WITHIN_MS = 60_000;
const CONNECT_WITHIN_MS = 15_000;

/**
 * Sends by SMTP, one connection for each letter. `smtps://` speaks TLS from the beginning (port 465), `smtp://` begins with STARTTLS
 * (port 587) and sends nothing without it, but to this machine or with `?tls=none`.
 *
 * @param url with account and password where the server asks for them
 * @param from the sender's address
 */
export function smtpDoor(url: string, from: string, withinMs = LETTER_WITHIN_MS): MailDoor {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const plain = searchParams.get('tls') === 'none' || ['127.0.0.1', '::1', 'localhost'].includes(host);
  const options = {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !plain,
    ignoreTLS: plain,
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: withinMs,
  };
  const auth = username !== '' && {
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
  };
  return {
    async send(letter, signal) {
      const message = await compose(letter, from);
      const connection = new SMTPConnection(options);
      let begun = false;
      const body = new Readable({
        read() {
          // Asked for once the server has said that it will take it.
          begun = true;
          this.push(message);
          this.push(null);
        },
      });
      const ended = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
      try {
        await new Promise<void>((resolve, reject) => {
          // Told to stop while the letter was written: nothing has begun.
          if (ended.aborted) return reject(new Error('late'));
          const done = (error?: Error | null) => (error ? reject(error) : resolve());
          const deliver = () => connection.send({ from, to: [letter.to] }, body, done);
          connection.on('error', reject);
          connection.once('end', () => reject(new Error('closed')));
          ended.addEventListener('abort', () => reject(new Error('late')), { once: true });
          connection.connect((error) => {
            if (error) reject(error);
            else if (auth) connection.login(auth, (refused) => (refused ? reject(refused) : deliver()));
            else deliver();
          });
        });
      } catch (error) {
        throw faultOf(error, begun);
      } finally {
        connection.on('error', () => undefined);
        connection.close();
      }
    },
  };
}

async function compose(letter: Letter, from: string): Promise<Buffer> {
  const { messageId, to, replyTo, subject, text, attachments = [] } = letter;
  // Made by a program, to be answered by none (RFC 3834).
  const headers = { 'Auto-Submitted': 'auto-generated' };
  const files = attachments.map(({ name, type, bytes }) => ({
    ...{ filename: name, contentType: type, content: Buffer.from(bytes) },
  }));
  const message = { from, to, subject, text, messageId, headers, attachments: files };
  return new MailComposer({ ...message, ...(replyTo !== undefined && { replyTo }) }).compile().build();
}

/** What a failure means for the letter. What a server says may hold an address, and is not repeated. */
function faultOf(error: unknown, begun: boolean): SendFault {
  const { code, responseCode, command } = (error ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof responseCode === 'number' && responseCode >= 400) {
    // A wrong password, or a sender it does not take, is the server's setting, not the letter's fault.
    const isLetters =
      responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM';
    return new SendFault(isLetters ? 'refused' : 'later', `smtp-${responseCode}`);
  }
  const name = typeof code === 'string' && /^[A-Z]{3,20}$/.test(code) ? code.toLowerCase() : 'late';
  return new SendFault(begun ? 'unknown' : 'later', `smtp-${name}`);
}
