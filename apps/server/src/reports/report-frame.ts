import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@enishi/access';
import type { Bilingual, ExportLevel, Instant, Language } from '@enishi/domain';
import { listPurposes, readCompany, type Company } from '@enishi/projections/purpose-catalogue/query';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';
import { ActorNames } from '../audit/actor-names';
import { titleOf } from '../audit/event-titles';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ReportAnchor } from './anchor';
import { CONSENT_TYPES } from './consent-types';
import { inTokyo, type Report } from './report';

/** What the lines of a report were chosen by. Of a certificate nothing is: it is about what was done. */
export interface ReportQuestion {
  readonly alumnusId?: string;
  readonly purposeId?: string;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly actor?: string;
  readonly batchId?: string;
  readonly kinds?: readonly ConsentEntry['kind'][];
}

/** Of a report with personal data: how much, and who let it be made. */
export interface ReportApproval {
  readonly exportId: string;
  readonly level: ExportLevel;
  readonly approvedBy: string;
}

/** All of a report but its title, its lines and what follows from them. */
export interface ReportFrame extends Pick<Report, 'language' | 'particulars' | 'foot' | 'author' | 'madeAt'> {
  /** How its reader can tell that it agrees with the ledger. */
  readonly steps: readonly string[];
  /** Of one with personal data. */
  readonly level?: ExportLevel;
  /** Codes of purposes, by id. */
  readonly codes: ReadonlyMap<string, string>;
}

const LABELS = {
  company: { ja: '会社', en: 'Company' },
  address: { ja: '住所', en: 'Address' },
  officer: { ja: '管理責任者', en: 'Responsible officer' },
  ledger: { ja: '台帳 ID', en: 'Ledger id' },
  madeAt: { ja: '作成日時', en: 'Made at' },
  madeBy: { ja: '作成者', en: 'Made by' },
  person: { ja: '本人', en: 'Alumnus' },
  purpose: { ja: '利用目的', en: 'Purpose' },
  period: { ja: '期間（記録日時）', en: 'Period (recorded)' },
  actor: { ja: '記録者', en: 'Recorded by' },
  kinds: { ja: '種別', en: 'What' },
  batch: { ja: '取込 ID', en: 'Import' },
  level: { ja: '個人データ', en: 'Personal data' },
  exportId: { ja: '書き出し ID', en: 'Export' },
  approvedBy: { ja: '承認者', en: 'Approved by' },
  all: { ja: 'すべて', en: 'all' },
  unstated: { ja: '未登録', en: 'not stated' },
} as const satisfies Record<string, Bilingual>;

const LEVELS: Readonly<Record<ExportLevel, Bilingual>> = {
  masked: { ja: '氏名・社員番号あり、連絡先は伏せ字', en: 'names and numbers; contact masked' },
  full: { ja: '氏名・社員番号・連絡先・証跡の文章あり', en: 'names, numbers, contact, evidence texts' },
};

/** Says who made a report of what, for whom, when: the same on every report. */
@Injectable()
export class ReportFrames {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly actors: ActorNames,
    private readonly anchor: ReportAnchor,
  ) {}

  async frame(
    language: Language,
    madeAt: Instant,
    { actor }: Pick<Principal, 'actor'>,
    question: ReportQuestion | undefined,
    approval?: ReportApproval,
  ): Promise<ReportFrame> {
    const { pool, identity } = this.infrastructure;
    const [company, purposes, names] = await Promise.all([
      readCompany(pool),
      listPurposes(pool, madeAt),
      this.actors.of([actor, ...(approval ? [approval.approvedBy] : [])]),
    ]);
    const label = (key: keyof typeof LABELS) => LABELS[key][language];
    const name = company?.party?.name[language] ?? label('unstated');
    const made = `${inTokyo(madeAt)} JST (Asia/Tokyo)`;
    return {
      language,
      madeAt,
      author: name,
      foot: `${name}  ${made}`,
      steps: this.anchor.steps(language),
      ...(approval && { level: approval.level }),
      codes: new Map(purposes.map(({ purposeId, code }) => [purposeId, code])),
      particulars: [
        [label('company'), name],
        [label('address'), company?.party?.address[language] ?? label('unstated')],
        [label('officer'), officerText(company) ?? label('unstated')],
        [label('ledger'), identity.ledgerId],
        [label('madeAt'), made],
        [label('madeBy'), names.get(actor) ?? actor],
        ...(question === undefined ? [] : chosenBy(question, purposes, language)),
        ...(approval === undefined
          ? []
          : ([
              [label('level'), LEVELS[approval.level][language]],
              [label('exportId'), approval.exportId],
              [label('approvedBy'), names.get(approval.approvedBy) ?? approval.approvedBy],
            ] as const)),
        ...(await this.anchor.particulars(language)),
      ],
    };
  }
}

type Purposes = Awaited<ReturnType<typeof listPurposes>>;

function chosenBy(
  question: ReportQuestion,
  purposes: Purposes,
  language: Language,
): readonly (readonly [string, string])[] {
  const label = (key: keyof typeof LABELS) => LABELS[key][language];
  const purpose = purposes.find(({ purposeId }) => purposeId === question.purposeId);
  const title = purpose?.schedule.versions.at(-1)?.content.title[language];
  return [
    [label('person'), question.alumnusId ?? label('all')],
    [label('purpose'), purpose === undefined ? label('all') : `${title ?? ''} (${purpose.code})`],
    [label('period'), periodText(question) ?? label('all')],
    ...(question.actor === undefined ? [] : [[label('actor'), question.actor] as const]),
    ...(question.kinds === undefined ? [] : [[label('kinds'), kindsText(question.kinds, language)] as const]),
    ...(question.batchId === undefined ? [] : [[label('batch'), question.batchId] as const]),
  ];
}

function officerText(company: Company | undefined): string | undefined {
  const { name, title } = company?.officer ?? {};
  if (name === undefined) return undefined;
  return [title, [name.family, name.given].join(' ').trim()].filter(Boolean).join('  ');
}

/** With the last second that is in it. */
function periodText({ from, until }: ReportQuestion): string | undefined {
  if (from === undefined && until === undefined) return undefined;
  const last = until && new Date(Date.parse(until) - 1).toISOString();
  return [from, last].map((one) => (one === undefined ? '' : inTokyo(one))).join(' – ');
}

function kindsText(kinds: readonly ConsentEntry['kind'][], language: Language): string {
  return kinds.map((kind) => titleOf(CONSENT_TYPES[kind])[language]).join(', ');
}
