import { createHash } from 'node:crypto';
import {
  fold,
  letterTemplateDecider,
  numberingDecider,
  templateText,
  type Fact,
  type LetterContent,
  type LetterTemplateEvent,
  type LetterTemplateState,
  type Numbering,
  type TemplateKind,
} from '@enishi/domain';
import type { Ledger } from '../handle';
import { LETTER_NUMBERING_STREAM, letterTemplateStream } from '../streams';

/** What the company has made of a text, from the ledger itself. */
export async function readLetterTemplate(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  kind: TemplateKind,
): Promise<LetterTemplateState> {
  const records = await store.readStream(letterTemplateStream(kind));
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(letterTemplateDecider, facts as readonly Fact<LetterTemplateEvent>[]);
}

/** How letters are numbered now. */
export async function readNumbering({ store, vault }: Pick<Ledger, 'store' | 'vault'>): Promise<Numbering> {
  const records = await store.readStream(LETTER_NUMBERING_STREAM, { direction: 'backwards', limit: 1 });
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(numberingDecider, facts as readonly Fact<'LetterNumberingSet'>[]);
}

/** SHA-256 (hex) of the text in each language, in UTF-8. */
export function templateHashes({ ja, en }: LetterContent): { hashJa: string; hashEn: string } {
  return { hashJa: sha256(templateText(ja)), hashEn: sha256(templateText(en)) };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
