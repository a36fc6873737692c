import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@enishi/access';
import type { Language } from '@enishi/domain';
import type { FileBody } from '../audit/table-export';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { MOST_LINES, type Report } from './report';
import { ReportFrames, type ReportApproval, type ReportFrame, type ReportQuestion } from './report-frame';
import { ReportPrinter } from './report-printer';

/** For whom a report is made, and what its lines are chosen by. */
export interface ReportOrder {
  readonly language: Language;
  readonly principal: Pick<Principal, 'actor'>;
  readonly question: ReportQuestion;
  /** Of a report with personal data. */
  readonly approval?: ReportApproval;
}

/** Makes reports of rows that a table would show too. */
@Injectable()
export class Reports {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly frames: ReportFrames,
    private readonly printer: ReportPrinter,
  ) {}

  /** @throws ProblemError 422 `report-too-long` */
  async body<Row>(
    { language, principal, question, approval }: ReportOrder,
    pages: AsyncIterable<readonly Row[]>,
    make: (frame: ReportFrame, rows: readonly Row[]) => Report,
  ): Promise<FileBody> {
    const madeAt = this.infrastructure.ledger.clock.now();
    const rows: Row[] = [];
    for await (const page of pages) {
      rows.push(...page);
      if (rows.length > MOST_LINES) throw tooLong();
    }
    const frame = await this.frames.frame(language, madeAt, principal, question, approval);
    const pdf = await this.printer.print({ report: make(frame, rows) });
    return { extension: 'pdf', type: 'application/pdf', chunks: [pdf] };
  }
}

function tooLong(): ProblemError {
  const title = `A report shows ${MOST_LINES} lines at most: narrow the question, or export a table`;
  return new ProblemError(422, 'report-too-long', title, {
    most: MOST_LINES,
    messages: {
      ja: `帳票に載せられるのは ${MOST_LINES} 行までです。条件を絞るか、表（CSV など）で書き出してください。`,
      en: `${title}.`,
    },
  });
}
