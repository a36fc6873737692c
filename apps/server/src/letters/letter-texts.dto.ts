import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { NUMBERING_YEARS, TEMPLATE_KINDS, type NumberingYear } from '@enishi/domain';
import { Nested } from '../nested';

/** A text with its subject, in one language. Placeholders stand in braces, such as `{requestKind}`. */
export class LetterTextDto {
  @IsString()
  @Length(1, 200)
  subject!: string;

  @IsString()
  @Length(1, 10_000)
  body!: string;
}

/** A text in both languages. */
export class LetterContentDto {
  @Nested(() => LetterTextDto)
  ja!: LetterTextDto;

  @Nested(() => LetterTextDto)
  en!: LetterTextDto;
}

export class ReviseLetterTemplateDto {
  @Nested(() => LetterContentDto)
  content!: LetterContentDto;
}

/** What is to be previewed; absent: the text in force. */
export class PreviewLetterDto {
  @IsOptional()
  @Nested(() => LetterContentDto)
  content?: LetterContentDto;
}

export class LetterNumberingDto {
  /** Begins every document number, e.g. 縁 in 縁-2026-000123. */
  @IsString()
  @Length(1, 20)
  @ApiProperty({ example: '縁' })
  prefix!: string;

  /** `fiscal`: from April to March, called by the year in which it begins. */
  @IsIn(NUMBERING_YEARS)
  year!: NumberingYear;
}

/** What may stand in braces. */
export class PlaceholderAnswer {
  name!: string;

  /** A day is written as the language writes days. */
  @ApiProperty({ enum: ['text', 'lines', 'day', 'count'] })
  form!: string;

  /** No text may leave it out. */
  mandatory!: boolean;
}

export class SubjectAnswer {
  ja!: string;
  en!: string;
}

export class LetterTemplateSummary {
  @ApiProperty({ enum: TEMPLATE_KINDS })
  letter!: string;

  /** To somebody, with a document number; else to the company's own people. */
  outgoing!: boolean;

  /** Whether the text that comes with the program holds. */
  builtIn!: boolean;

  /** Grows with each change, going back included; 0 before the first. */
  version!: number;

  /** The subject in Japanese and English. */
  subject!: SubjectAnswer;
}

export class LetterTemplatesAnswer {
  templates!: LetterTemplateSummary[];
}

export class LetterTemplateAnswer extends LetterTemplateSummary {
  /** The text in force. */
  content!: LetterContentDto;

  /** The text that comes with the program. */
  original!: LetterContentDto;

  placeholders!: PlaceholderAnswer[];
}

/** A letter as it would be, with values that are nobody's. */
export class LetterPreviewAnswer {
  ja!: string;
  en!: string;
}

export class LetterNumberingAnswer extends LetterNumberingDto {
  /** What the next number looks like, but for its count. */
  example!: string;
}
