import { IsIn, IsOptional, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '@enishi/domain';

const BASIS_FORM = {
  ja: 'プレビューにある basis の値（16 進 64 桁）を指定してください。',
  en: 'Must be the basis that the preview names, 64 hex digits.',
};

/** In which language a page is wanted. */
export class LanguageQuery {
  /** Default: what the browser would rather have, else Japanese. */
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;
}

export class PublishPageDto {
  /** As the preview named it: that this was looked at, and nothing else. */
  @Matches(/^[0-9a-f]{64}$/, { context: BASIS_FORM })
  basis!: string;
}
