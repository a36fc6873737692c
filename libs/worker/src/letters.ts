import { readCompanyState, readLetter, readLetterTemplate, type Ledger } from '@enishi/application/ledger';
import {
  contentInForce,
  exactText,
  noticeMail,
  type CompanyState,
  type IssuedText,
  type Language,
  type NoticeKind,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { writeKeeperMail } from './keeper-mail';
import { NOTICES } from './notices/all';
import type { Mailbox, NoticeRoom } from './notices/notice';
import type { QueuedLetter } from './outbox';

/** A letter, ready to be sent. */
export interface Letter {
  /** Stable: whoever gets the letter twice can tell. RFC 5322, with its angle brackets. */
  readonly messageId: string;
  readonly to: string;
  /** Who is written to in return, where that is not the sender. */
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

/** A file that goes with a letter. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What a queued letter comes to at the moment of sending. */
export type Written =
  | { readonly letter: Letter }
  /** Nobody needs it any more. */
  | { readonly dropped: string }
  /** It cannot be written yet. */
  | { readonly later: string };

/** The sheet of a letter, to be printed. */
export type PrintLetter = (text: IssuedText, language: Language) => Promise<Uint8Array>;

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

export interface WritingOptions {
  readonly pool: Pool;
  /** Mail addresses that checkpoints are kept at. */
  readonly keepers?: readonly string[];
  readonly ledger: Pick<Ledger, 'store' | 'vault' | 'clock'>;
  /** The address people open. */
  readonly publicUrl: string;
  /** Without it, letters to people go as text alone. */
  readonly print?: PrintLetter;
  /** All that waits for anybody: of what the daily mail tells. */
  readonly work?: NoticeRoom['work'];
  /** Where those of a role are written to. */
  readonly mailboxes?: ReadonlyMap<string, Mailbox>;
}

/** Writes what is queued, from what the ledger says now. */
export async function writeMail(options: WritingOptions, queued: QueuedLetter): Promise<Written> {
  const { id, notice, aboutId } = queued;
  const messageId = `<${id}@${new URL(options.publicUrl).hostname}>`;
  if (notice === 'checkpoint') {
    const { ledger, pool, keepers = [] } = options;
    return writeKeeperMail({ ledger, pool, keepers }, queued, messageId);
  }
  return notice === 'letter'
    ? letterTo(options, aboutId, messageId)
    : noticeOf(options, notice, queued, messageId);
}

/** A notice goes to the responsible officer where it names nobody else. */
async function noticeOf(
  { ledger, pool, publicUrl, work = () => Promise.resolve([]), mailboxes = new Map() }: WritingOptions,
  kind: NoticeKind,
  { aboutId, id }: QueuedLetter,
  messageId: string,
): Promise<Written> {
  const page = (path: string): string => new URL(path, publicUrl).href;
  const written = await NOTICES[kind].write({ ledger, pool, page, work, mailboxes }, aboutId, id);
  if ('dropped' in written) return written;
  const company = await readCompanyState(ledger);
  const to = written.to ?? officerAddress(company);
  if (typeof to === 'object') return to;
  const { party } = company;
  const values = { ...written.values, ...(party && { company: party.name }) };
  const content = contentInForce(kind, await readLetterTemplate(ledger, kind));
  return { letter: { ...noticeMail(kind, content, values), to, messageId } };
}

function officerAddress({ officer }: CompanyState): string | { readonly later: string } {
  if (officer === undefined) return { later: 'officer-missing' };
  const to = officer.workContact?.trim() ?? '';
  return ADDRESS.test(to) ? to : { later: 'officer-without-address' };
}

/** A letter that was issued: its exact text, and its sheet beside it. What was erased since is not sent. */
async function letterTo(
  { ledger, print }: WritingOptions,
  letterId: string,
  messageId: string,
): Promise<Written> {
  const { order, issued, sent } = await readLetter(ledger, letterId);
  if (sent !== undefined) return { dropped: 'already-sent' };
  const to = order?.data.to;
  const text = issued?.data.text;
  if (order === undefined || to === undefined || text === undefined) return { dropped: 'erased' };
  const { contactPoint } = await readCompanyState(ledger);
  const name = `${text.documentNumber}.pdf`;
  const attachments =
    print === undefined
      ? undefined
      : [{ name, type: 'application/pdf', bytes: await print(text, order.data.language) }];
  return {
    letter: {
      messageId,
      to: to.email ?? '',
      subject: text.subject,
      text: exactText(text),
      ...(contactPoint?.email !== undefined && { replyTo: contactPoint.email }),
      ...(attachments && { attachments }),
    },
  };
}
