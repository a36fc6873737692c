import type { ExportLevel, PersonKana, PersonName } from '@enishi/domain';
import type { Column, Table } from '../audit/table-export';

/** What an export shows of a person. What is not known, or erased, is absent. */
export interface PersonShown {
  readonly name?: PersonName;
  readonly kana?: PersonKana;
  readonly employeeNumber?: string;
  /** Masked, or as it is. */
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  readonly lineId?: string;
  readonly state: 'known' | 'erased' | 'unknown';
}

/** What was written with an answer. */
export interface EvidenceShown {
  readonly evidence?: string;
  readonly representative?: { readonly name: string; readonly relation: string };
  /** Why an answer was voided. */
  readonly reason?: string;
}

/** A row with what an export shows of the person it is about. */
export type Personal<Row> = Row & { readonly person?: PersonShown; readonly evidence?: EvidenceShown };

const STATES = { known: '', erased: '消去済 erased', unknown: '登録なし not registered' } as const;

const PERSON: readonly Column<Personal<object>>[] = [
  ['氏名 name', ({ person }) => nameText(person?.name)],
  ['フリガナ kana', ({ person }) => nameText(person?.kana)],
  ['社員番号 employee number', ({ person }) => person?.employeeNumber],
  ['メール e-mail', ({ person }) => person?.email],
  ['電話 phone', ({ person }) => person?.phone],
  ['住所 address', ({ person }) => person?.postalAddress],
  ['LINE ID line id', ({ person }) => person?.lineId],
  ['個人データ personal data', ({ person }) => person && STATES[person.state]],
];

const EVIDENCE: readonly Column<Personal<object>>[] = [
  ['証跡の説明 evidence text', ({ evidence }) => evidence?.evidence],
  ['法定代理人 representative', ({ evidence }) => representativeText(evidence)],
  ['取消の理由 reason of voiding', ({ evidence }) => evidence?.reason],
];

/** A table with columns about the person of each row, and at the level `full` about evidence. */
export function personalTable<Row>(table: Table<Row>, level: ExportLevel): Table<Personal<Row>> {
  return {
    columns: [...table.columns, ...PERSON, ...(level === 'full' ? EVIDENCE : [])],
    json({ person, evidence, ...row }) {
      return { ...table.json(row as Row), ...(person && { person }), ...(evidence && { evidence }) };
    },
  };
}

/** Family name and given name. */
export function nameText(name: PersonName | PersonKana | undefined): string {
  return [name?.family, name?.given].filter((part) => part !== undefined).join(' ');
}

/** How the person is reached, one text for each way that is known. */
export function contactTexts({ email, phone, postalAddress, lineId }: PersonShown): readonly string[] {
  return [email, phone, postalAddress, lineId].filter((one) => one !== undefined);
}

/** What was written, one text for each. */
export function evidenceTexts(shown: EvidenceShown): readonly string[] {
  return [shown.evidence, representativeText(shown), shown.reason].filter((one) => one !== undefined);
}

function representativeText(evidence: EvidenceShown | undefined): string | undefined {
  const { name, relation } = evidence?.representative ?? {};
  return name === undefined ? undefined : `${name} (${relation ?? ''})`;
}
