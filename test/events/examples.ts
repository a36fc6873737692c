import { PURPOSE_TEMPLATES, type DataOf, type EventType } from '@enishi/domain';

const OTHER = 'a0000000-0000-4000-8000-00000000000a';
const COMPANY = 'c0000000-0000-4000-8000-000000000001';
const PURPOSE = 'b0000000-0000-4000-8000-000000000002';
const PROGRAMME = 'd0000000-0000-4000-8000-000000000003';
const ALUMNUS = 'a0000000-0000-4000-8000-000000000004';
const OFFICER = 'e0000000-0000-4000-8000-000000000005';
const IMPORT = 'f0000000-0000-4000-8000-000000000006';
const EVENT = '10000000-0000-5000-8000-000000000007';
const HOLD = '20000000-0000-4000-8000-000000000008';
const ARTEFACT = '30000000-0000-4000-8000-000000000009';
const EXPORT = '40000000-0000-4000-8000-00000000000b';
const LETTER = '50000000-0000-4000-8000-00000000000c';
const REQUEST = '60000000-0000-4000-8000-00000000000d';
const RECIPIENT = '50000000-0000-4000-8000-00000000000c';
const PROVISION = '60000000-0000-4000-8000-00000000000d';
const ERASURE = '40000000-0000-4000-8000-00000000000c';
const ASKED = '40000000-0000-4000-8000-00000000000c';
const TASK = '40000000-0000-4000-8000-00000000000d';
const ENTRY = '50000000-0000-4000-8000-00000000000c';
const SYSTEM = '60000000-0000-4000-8000-00000000000d';
const HASH = 'ab'.repeat(32);

const name = { family: '髙﨑', given: '花子①' };
const employment = {
  department: '営業部"第一"',
  job: '法人営業',
  kind: 'regular',
  joinedOn: '2012-04-01',
  leftOn: '2024-02-29',
  leavingKind: 'personal-reason',
} as const;
const person = {
  name,
  kana: { family: 'タカサキ', given: 'ハナコ' },
  formerNames: ['渡邉', 'é\u{20bb7}'],
  employeeNumber: '000123',
  birthDate: '1980-01-31',
  email: 'hanako@example.jp',
  phone: '+819012345678',
  postalAddress: '東京都千代田区架空町1-2-3\n架空荘',
  lineId: 'hanako_line',
  leavingReason: '転職',
  leavingDetail: 'タブ\tと改行\r\nと\u001f',
};
const consent = { alumnusId: ALUMNUS, purposeId: PURPOSE, channels: ['email', 'phone'] } as const;
const capture = {
  captureChannel: 'exit-interview',
  method: 'document',
  party: 'legal-representative',
  identityCheck: 'document-seen',
  evidence: '原本を確認した',
} as const;
const answer = {
  ...consent,
  ...capture,
  purposeVersion: 2,
  language: 'ja',
  noticeHash: HASH,
  representative: { name: '髙﨑 守', relation: '親権者' },
  artefactId: ARTEFACT,
  artefactHash: HASH,
} as const;
const content = PURPOSE_TEMPLATES['rehire']!;
const letter = { letterId: LETTER, letter: 'correction-made', means: 'post' } as const;
const orderedLetter = {
  ...letter,
  language: 'ja',
  year: 2026,
  to: { name: '髙﨑 花子①', email: 'hanako@example.jp', postalAddress: '東京都千代田区架空町1-2-3\n架空荘' },
  values: { changes: '電話番号: 新しい番号へ訂正（髙﨑 花子①）' },
} as const;
const issuedLetter = {
  ...letter,
  documentNumber: '縁-2026-000123',
  version: 2,
  text: {
    documentNumber: '縁-2026-000123',
    date: '令和8年11月22日',
    addressee: '髙﨑 花子① 様',
    sender: ['株式会社架空', '個人情報相談窓口'],
    subject: '保有個人データの訂正等について',
    body: '拝啓\n電話番号を訂正しました。\n敬具',
  },
  textHash: HASH,
} as const;
const bilingual = (ja: string, en: string) => ({ ja, en });

const recipient = {
  recipientId: RECIPIENT,
  staffId: RECIPIENT,
  version: 1,
  code: 'mailer',
  role: 'processor',
  content: {
    name: bilingual('架空配信株式会社', 'Kaku Mailing Inc.'),
    address: bilingual('シンガポール', 'Singapore'),
    country: 'SG',
    basis: 'equivalent-measures',
    task: bilingual('メールの配信', 'Sending mail'),
    contract: { reference: '契約 2026-7', signedOn: '2026-01-05', until: '2027-01-04' },
    subProcessors: [{ name: bilingual('架空雲', 'Kaku Cloud'), country: 'JP' }],
    shown: { system: bilingual('制度', 'System'), measures: bilingual('措置', 'Measures') },
    measures: bilingual('契約による措置', 'Measures by contract'),
    jointUse: { proof: 'https://example.jp/joint', publishedOn: '2026-01-01' },
  },
  representative: '髙﨑 次郎',
  contact: { name: '髙﨑 三郎', email: 'saburo@example.jp', phone: '03-0000-0002' },
} as const;
const system = {
  systemId: SYSTEM,
  systemKind: 'elsewhere',
  name: '給与システム',
  purpose: '給与計算と支払',
  items: '氏名、給与、口座',
  categories: ['programme'],
  documents: ['wage-ledger', 'withholding'],
  department: '人事部',
  access: '人事部 給与係',
  country: 'JP',
  disposal: '論理削除の後、契約に基づく消去証明',
  staffId: OFFICER,
  responsible: '架空 花子',
} as const;

/** An invented event of every type, every optional field present. A type without one does not compile. */
export const EXAMPLES: { readonly [T in EventType]: DataOf<T> } = {
  LedgerOpened: { ledgerId: COMPANY, companyId: COMPANY, mode: 'development' },
  CompanyDescribed: {
    companyId: COMPANY,
    party: {
      name: bilingual('株式会社架空', 'Kaku Inc.'),
      address: bilingual('東京都', 'Tokyo'),
      representative: bilingual('架空 太郎', 'Taro Kaku'),
      contact: 'privacy@example.jp',
      type: 'private-company',
      email: 'info@example.jp',
      phone: '03-0000-0000',
      url: 'https://example.jp/',
      jurisdiction: 'JP',
    },
  },
  ContactPointSet: {
    companyId: COMPANY,
    contactPoint: {
      name: bilingual('相談窓口', 'Privacy desk'),
      address: bilingual('東京都', 'Tokyo'),
      email: 'privacy@example.jp',
      phone: '03-0000-0001',
      hours: bilingual('平日', 'Weekdays'),
    },
  },
  ResponsibleOfficerAppointed: {
    staffId: OFFICER,
    name,
    title: '人事部長',
    workContact: 'officer@example.jp',
  },
  PublicMattersStated: {
    companyId: COMPANY,
    matters: {
      procedure: bilingual('窓口へ\n書面で', 'To the desk'),
      fees: [{ kind: 'disclosure', yen: 500 }],
      jointUse: bilingual('共同利用', 'Joint use'),
      accreditedBody: bilingual('認定団体', 'Organisation'),
    },
  },
  HandlingRulesAdopted: {
    version: 2,
    title: bilingual('取扱規程', 'Handling rules'),
    documentNumber: '規程-2026-3',
    text: '# 規程\r\n第1条',
    fileHash: HASH,
    officerId: OFFICER,
    access: [{ role: bilingual('人事', 'HR'), scope: bilingual('登録内容', 'Records') }],
    measures: {
      organisational: bilingual('組織', 'Organisation'),
      personnel: bilingual('人', 'Staff'),
      physical: bilingual('物', 'Premises'),
      technical: bilingual('技術', 'Systems'),
      foreign: bilingual('国内', 'Japan'),
    },
    reviewBy: '2027-11-30T15:00:00.000Z',
  },
  HandlingRulesReviewed: {
    reviewId: OTHER,
    staffId: OFFICER,
    version: 2,
    outcome: 'to-be-changed',
    findings: '権限の範囲を改める\n次回まで',
    nextBy: '2027-05-31T15:00:00.000Z',
  },
  PrivacyPageIssued: {
    version: 3,
    pageJa: '<!doctype html>\n<p>公表</p>\n',
    pageEn: '<!doctype html>\n<p>Published</p>\n',
    hashJa: HASH,
    hashEn: HASH,
    basis: {
      form: 1,
      company: EVENT,
      contactPoint: EVENT,
      publicMatters: EVENT,
      handlingRules: EVENT,
      purposes: [
        { purposeId: PURPOSE, version: 2 },
        { purposeId: PURPOSE, version: 3, from: '2027-03-31T15:00:00.000Z' },
      ],
    },
    firstShown: [{ purposeId: PURPOSE, version: 2 }],
  },
  PurposeDrafted: {
    purposeId: PURPOSE,
    version: 1,
    revision: 'first',
    code: 'rehire',
    content: { ...content, notice: bilingual('通知文', 'Notice'), service: bilingual('窓口', 'Desk') },
    noticeHashJa: HASH,
    noticeHashEn: HASH,
  },
  PurposePublished: { purposeId: PURPOSE, version: 1, revision: 'first' },
  NoticePublished: { purposeId: PURPOSE, version: 2, method: 'website', proof: 'https://example.jp/alumni' },
  PurposeRetired: { purposeId: PURPOSE },
  ProgrammeDrafted: {
    programmeId: PROGRAMME,
    version: 1,
    code: 'rehire',
    content: {
      title: bilingual('再雇用制度', 'Rehire programme'),
      description: bilingual('説明', 'Description'),
      purposeIds: [PURPOSE],
      channels: ['email'],
      eligibility: {
        all: [{ fact: 'service-months', atLeast: 36 }, { not: { fact: 'amicable', is: false } }],
      },
      contractForms: ['regular'],
      reviewMonths: 12,
    },
    officerId: OFFICER,
  },
  ProgrammePublished: { programmeId: PROGRAMME, version: 1 },
  ProgrammeClosed: { programmeId: PROGRAMME },
  LeaversImportStarted: { importId: IMPORT, fileTag: HASH, layout: 'jinjer', freeText: false },
  LeaversImportCompleted: {
    importId: IMPORT,
    rows: 60,
    registered: 55,
    corrected: 1,
    unchanged: 1,
    notLeavers: 1,
    refused: 2,
    warnings: 3,
  },
  ConsentsImportStarted: { importId: IMPORT, fileTag: HASH },
  ConsentsImportCompleted: {
    importId: IMPORT,
    rows: 9,
    recorded: 5,
    incomplete: 2,
    unchanged: 1,
    refused: 3,
  },
  ImportEvidenceApproved: { importId: IMPORT, approved: 2 },
  ImportUndoStarted: { importId: IMPORT, staffId: OFFICER, reason: '髙﨑 花子の申し出' },
  ImportUndone: { importId: IMPORT, people: 57, hidden: 55, reverted: 1, left: 1 },
  AlumnusRegistered: { alumnusId: ALUMNUS, origin: 'import', ...person, employment },
  EmploymentAdded: { alumnusId: ALUMNUS, employment },
  EmploymentCorrected: { alumnusId: ALUMNUS, index: 1, employment },
  AlumnusCorrected: {
    alumnusId: ALUMNUS,
    ...person,
    email: null,
    changed: ['name', 'email', 'leavingDetail'],
    reason: '本人の申し出',
  },
  CorrectionInvestigated: {
    alumnusId: ALUMNUS,
    fields: ['name', 'employments'],
    origin: 'person',
    outcome: 'wrong',
    checked: '戸籍抄本を確認（本人の申し出）',
    requestId: HOLD,
  },
  ValuesConfirmed: { alumnusId: ALUMNUS, fields: ['email', 'phone'], origin: 'person', requestId: HOLD },
  AlumnusReverted: {
    alumnusId: ALUMNUS,
    importId: IMPORT,
    ...person,
    email: null,
    changed: ['name', 'email', 'leavingDetail'],
  },
  EmploymentReverted: { alumnusId: ALUMNUS, importId: IMPORT, index: 1, employment, stated: true },
  EmploymentRemoved: { alumnusId: ALUMNUS, importId: IMPORT, index: 1, returnStands: false },
  RegistrationUndone: { alumnusId: ALUMNUS, importId: IMPORT },
  AlumnusReturned: { alumnusId: ALUMNUS, returnedOn: '2026-04-01' },
  AlumnusDeathRecorded: { alumnusId: ALUMNUS, diedOn: '2026-05-01' },
  AlumniLinked: { alumnusId: ALUMNUS, otherId: OTHER, reason: '本人に確認した' },
  AlumniUnlinked: { alumnusId: ALUMNUS, otherId: OTHER, linkId: EVENT, reason: '同姓同名の別人だった' },
  DuplicateDismissed: { alumnusId: ALUMNUS, otherId: OTHER, reason: '双子の姉妹' },
  ConsentRequested: {
    ...consent,
    purposeVersion: 2,
    captureChannel: 'email',
    language: 'en',
    noticeHash: HASH,
  },
  ConsentGranted: { ...answer, expiresAt: '2029-01-01T00:00:00.000Z', evidenceIncomplete: true },
  ConsentRefused: answer,
  ConsentWithdrawn: answer,
  ConsentExpired: { ...consent, grantId: EVENT },
  ConsentEvidenceApproved: { alumnusId: ALUMNUS, purposeId: PURPOSE, approved: EVENT },
  ConsentInvalidated: { alumnusId: ALUMNUS, purposeId: PURPOSE, voided: EVENT, reason: '別人の同意書だった' },
  HoldPlaced: {
    alumnusId: ALUMNUS,
    holdId: HOLD,
    stopsContact: true,
    reviewAt: '2027-01-01T00:00:00.000Z',
    reason: '紛争',
  },
  HoldReviewed: {
    alumnusId: ALUMNUS,
    holdId: HOLD,
    reviewAt: '2027-07-01T00:00:00.000Z',
    reason: '係争中',
  },
  HoldReleased: { alumnusId: ALUMNUS, holdId: HOLD, reason: '終結' },
  ErasureMarked: {
    alumnusId: ALUMNUS,
    importId: IMPORT,
    ground: 'import-undone',
    categories: ['programme', 'contact'],
  },
  ErasureMarkLifted: { alumnusId: ALUMNUS, importId: IMPORT, ground: 'registered-again' },
  ErasureStarted: { alumnusId: ALUMNUS, categories: ['programme', 'contact'], erasureId: ERASURE },
  ItemErased: {
    alumnusId: ALUMNUS,
    erasureId: ERASURE,
    categories: ['contact'],
    fields: ['phone', 'lineId'],
    eventIds: [ENTRY],
  },
  ErasureCompleted: {
    alumnusId: ALUMNUS,
    categories: ['programme', 'contact'],
    erasureId: ERASURE,
    keys: 2,
    blockedUntil: '2031-11-21T15:00:00.000Z',
  },
  ErasureProposed: {
    erasureId: ERASURE,
    staffId: OFFICER,
    ground: 'ordered',
    people: 2,
    chunks: 1,
    held: 1,
    empty: 0,
    second: true,
    fields: ['phone', 'lineId'],
    requestId: ASKED,
    reason: '本人の申し出',
  },
  ErasureChunkProposed: {
    erasureId: ERASURE,
    number: 0,
    categories: ['programme', 'contact'],
    alumnusIds: [ALUMNUS, OTHER],
    requestIds: [ASKED],
    eventIds: [ENTRY],
  },
  ErasureApproved: { erasureId: ERASURE, staffId: OFFICER },
  ErasureRefused: { erasureId: ERASURE, staffId: OFFICER, reason: '保全の要否を確認中' },
  ErasureChunkExecuted: {
    erasureId: ERASURE,
    number: 0,
    erased: 1,
    keys: 2,
    heldIds: [OTHER],
    liftedIds: [OTHER],
    keptIds: [OTHER],
  },
  ErasureExecuted: { erasureId: ERASURE, erased: 1, left: 1, keys: 2, digest: HASH },
  RequestReceived: {
    requestId: ASKED,
    kind: 'erasure',
    ground: 'no-longer-needed',
    cameBy: 'web-form',
    party: 'mandatary',
    answerForm: 'paper',
    language: 'ja',
    arrivedAt: '2026-11-21T06:04:05.000Z',
    dueAt: '2026-12-05T14:59:59.999Z',
    remindAt: '2026-11-30T15:00:00.000Z',
    requester: '髙﨑 花子',
    answerTo: '東京都千代田区架空町1-2-3\n架空荘',
    asked: '連絡先を消してください',
    aboutThem: '社員番号 000123、営業部',
    agent: '髙﨑 守（弁護士）',
  },
  RequestIdentityChecked: {
    requestId: ASKED,
    result: 'verified',
    method: 'document-seen',
    seen: '運転免許証の氏名と住所',
    authority: '委任状の原本',
  },
  RequestMatched: { requestId: ASKED, alumnusId: ALUMNUS },
  RequestAssigned: { requestId: ASKED, assigneeId: OFFICER, deputyId: OTHER },
  RequestNoted: { requestId: ASKED, note: '電話で範囲を確認した' },
  RequestAttached: { requestId: ASKED, artefactId: ARTEFACT, artefactHash: HASH, title: '請求書' },
  RequestPaused: { requestId: ASKED, reason: '委任状の到着待ち' },
  RequestResumed: { requestId: ASKED },
  RequestLinked: { requestId: ASKED, originalId: EVENT },
  RequestFeeCharged: { requestId: ASKED, amount: 500 },
  RequestTaskOpened: {
    requestId: ASKED,
    taskId: TASK,
    system: '給与システム',
    ownerId: OFFICER,
    dueAt: '2026-11-30T14:59:59.999Z',
    task: '賃金台帳の有無を調べる',
  },
  RequestTaskAnswered: {
    requestId: ASKED,
    taskId: TASK,
    answer: 'done',
    proof: '削除の記録',
    artefactId: ARTEFACT,
    artefactHash: HASH,
  },
  RequestDecided: {
    requestId: ASKED,
    alumnusId: ALUMNUS,
    decision: 'deferred',
    refusalGround: 'disproportionate-cost',
    deferredUntil: '2029-03-31T14:59:59.999Z',
    deferredUnder: 'roster',
    reason: '労働者名簿の保存期間が終わるまで',
    substitute: '利用を止める',
  },
  RequestExecuted: { requestId: ASKED, alumnusId: ALUMNUS, changed: '連絡先を消去した' },
  RequestNotified: {
    requestId: ASKED,
    alumnusId: ALUMNUS,
    about: 'decision',
    form: 'paper',
    way: 'post',
    said: '連絡先を消去しました',
    proof: '書留 123-45-67890-1',
    formReason: 'メールが届かない',
    artefactId: ARTEFACT,
    artefactHash: HASH,
  },
  RequestComplained: { requestId: ASKED, alumnusId: ALUMNUS, complaint: '電話番号が残っている' },
  RequestClosed: { requestId: ASKED, alumnusId: ALUMNUS, outcome: 'answered', reason: '回答済み' },
  HeldElsewhereRecorded: {
    alumnusId: ALUMNUS,
    entryId: ENTRY,
    systemId: SYSTEM,
    document: 'wage-ledger',
    anchors: { 'last-entry': '2024-03-31', 'pay-date': '2024-04-25' },
    label: '2023年度',
    owner: '人事部 給与係',
  },
  DisposalConfirmed: {
    alumnusId: ALUMNUS,
    entryId: ENTRY,
    disposedOn: '2027-05-10',
    proof: '溶解証明書 第12号',
  },
  LawNumberSet: { code: 'labour-records', value: 5, reason: '紛争に備える' },
  PurposePeriodsSet: { purposeId: PURPOSE, keepMonths: 3, answerDays: 60, reason: '採用の周期に合わせる' },
  SystemAdded: { ...system, code: 'payroll' },
  SystemRevised: system,
  SystemRetired: { systemId: SYSTEM },
  DayBegan: { from: '2026-11-20T15:00:00.000Z' },
  ClockConfirmed: { at: '2026-11-21T06:04:05.000Z' },
  PolicyCommandRefused: {
    policy: 'consent-expiry',
    command: 'ExpireConsent',
    eventId: EVENT,
    code: 'consent-not-expired',
  },
  ExportRequested: {
    exportId: EXPORT,
    staffId: OFFICER,
    content: 'consents',
    level: 'masked',
    format: 'csv',
    encoding: 'cp932',
    language: 'ja',
    alumnusId: ALUMNUS,
    purposeId: PURPOSE,
    importId: IMPORT,
    kind: 'granted',
    actorKind: 'staff',
    actorId: OFFICER,
    from: '2026-10-31T15:00:00.000Z',
    until: '2026-11-30T15:00:00.000Z',
    reason: '監査法人の依頼（髙﨑 様の件を含む）',
  },
  ExportApproved: { exportId: EXPORT, staffId: OTHER },
  ExportRefused: { exportId: EXPORT, staffId: OTHER, reason: '範囲が広すぎる' },
  ExportStarted: { exportId: EXPORT },
  ExportChunkRecorded: {
    exportId: EXPORT,
    number: 0,
    alumnusIds: [ALUMNUS, OTHER],
    eventIds: [EVENT, EVENT],
  },
  ExportCompleted: {
    exportId: EXPORT,
    staffId: OFFICER,
    lines: 2,
    people: 2,
    chunks: 1,
    bytes: 812,
    fileHash: HASH,
    checkpoint: 1200,
  },
  ExportHandedOver: { exportId: EXPORT, staffId: OFFICER, recipient: '架空監査法人 縁野 結' },
  ExportPurged: { exportId: EXPORT, ground: 'erasure' },
  ExportExpired: { exportId: EXPORT },
  DigestSent: { from: '2026-11-20T15:00:00.000Z' },
  LetterTemplateRevised: {
    letter: 'correction-made',
    version: 2,
    content: {
      ja: { subject: '訂正のお知らせ', body: '{changes}' },
      en: { subject: 'Corrected', body: '{changes}' },
    },
    hashJa: HASH,
    hashEn: HASH,
  },
  LetterTemplateReverted: { letter: 'correction-made', version: 3 },
  LetterNumberingSet: { prefix: '総人', year: 'calendar' },
  LetterNumbered: { letterId: LETTER, year: 2026, number: 123, documentNumber: '縁-2026-000123' },
  LetterOrdered: { ...orderedLetter, alumnusId: ALUMNUS },
  RequestLetterOrdered: { ...orderedLetter, requestId: REQUEST },
  LetterIssued: { ...issuedLetter, alumnusId: ALUMNUS },
  RequestLetterIssued: { ...issuedLetter, requestId: REQUEST },
  LetterSent: { ...letter, alumnusId: ALUMNUS, requestId: REQUEST },
  LetterNotDelivered: {
    letterId: LETTER,
    letter: 'correction-made',
    ground: 'returned',
    alumnusId: ALUMNUS,
    requestId: REQUEST,
  },
  RecipientAdded: recipient,
  RecipientRevised: { ...recipient, version: 2 },
  RecipientAssessed: {
    recipientId: RECIPIENT,
    staffId: OFFICER,
    assessment: 'yearly',
    passed: true,
    findings: '立入検査で確認（担当 縁野 結）',
  },
  RecipientEnded: {
    recipientId: RECIPIENT,
    staffId: OFFICER,
    disposal: 'certificate',
    proof: '消去証明書 2026-11',
  },
  ProvisionRecorded: {
    provisionId: PROVISION,
    staffId: OFFICER,
    recipientId: RECIPIENT,
    recipientVersion: 1,
    ground: 'consent',
    purposeId: PURPOSE,
    exportId: EXPORT,
    items: ['name', 'email', 'employments'],
    byConsent: true,
    people: 2,
    chunks: 1,
    note: '暗号化した媒体で（髙﨑 様の件）',
  },
  ProvisionChunkRecorded: {
    provisionId: PROVISION,
    recipientId: RECIPIENT,
    purposeId: PURPOSE,
    items: ['name', 'email', 'employments'],
    number: 0,
    alumnusIds: [ALUMNUS, OTHER],
    consentIds: [EVENT, EVENT],
  },
  ReceiptRecorded: {
    receiptId: PROVISION,
    staffId: OFFICER,
    recipientId: RECIPIENT,
    recipientVersion: 1,
    ground: 'consent',
    items: ['email'],
    alumnusIds: [ALUMNUS],
    acquired: '本人から直接取得。契約書の写しで確認',
  },
  RecipientNoted: {
    alumnusId: ALUMNUS,
    recipientId: RECIPIENT,
    provisionId: PROVISION,
    items: ['name', 'email'],
    purposeId: PURPOSE,
    consentId: EVENT,
  },
  RecipientNoticeFellDue: {
    alumnusId: ALUMNUS,
    recipientId: RECIPIENT,
    causeId: EVENT,
    ground: 'correction',
    items: ['email'],
  },
  RecipientTold: {
    alumnusId: ALUMNUS,
    recipientId: RECIPIENT,
    staffId: OFFICER,
    causeIds: [EVENT],
    means: 'email',
    proof: '文書番号 縁-2026-000123、受領の返信あり',
  },
  AccessDigestRecorded: {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-01T01:00:00.000Z',
    entries: 12,
    digest: HASH,
  },
  CheckpointSigned: { size: 1200, root: HASH },
  SigningKeyChanged: {
    size: 1200,
    root: HASH,
    key: 'enishi/40000000-0000-4000-8000-000000000010+00000000+AQ==',
  },
  AccountsReviewed: { reviewId: IMPORT, kept: 11, revoked: 2, digest: HASH },
  SelfCheckRecorded: {
    leaves: 1200,
    root: HASH,
    checkpoints: 40,
    differences: 0,
    views: 5,
    rows: 4800,
    rowDifferences: 1,
    parkedScopes: 0,
  },
  EpochOpened: { epoch: 2 },
  EpochDestroyed: { epoch: 1 },
  LedgerRestored: { backup: HASH, takenAt: '2026-01-01T00:00:00.000Z', leaves: 1200, lost: 3 },
  RestoreDrillRecorded: {
    backup: HASH,
    takenAt: '2026-01-01T00:00:00.000Z',
    leaves: 1200,
    root: HASH,
    opened: 900,
    erased: 2,
    seconds: 14,
  },
};

/** The stream an event of this data stands in. */
export function streamOf(data: Readonly<Record<string, unknown>>): string {
  const { alumnusId, otherId, purposeId, programmeId, importId, holdId, letterId } = data as Record<
    string,
    string
  >;
  const { ground, epoch, digest, backup } = data as Record<string, string>;
  if (letterId !== undefined) return `letter-${letterId}`;
  const { recipientId, provisionId, receiptId } = data as Record<string, string>;
  if (alumnusId !== undefined && recipientId !== undefined) return `recipients-${alumnusId}`;
  if (data['erasureId'] !== undefined && alumnusId === undefined) return `erasure-${ERASURE}`;
  if (data['requestId'] === ASKED) return `request-${ASKED}`;
  if (holdId !== undefined || ground !== undefined || data['categories'] !== undefined)
    return `lifecycle-${alumnusId}`;
  if (otherId !== undefined) return `link-${alumnusId}.${otherId}`;
  if (provisionId !== undefined) return `provision-${provisionId}`;
  if (alumnusId !== undefined && purposeId !== undefined) return `consent-${alumnusId}.${purposeId}`;
  if (alumnusId !== undefined) return `alumnus-${alumnusId}`;
  if (purposeId !== undefined) return `purpose-${purposeId}`;
  if (programmeId !== undefined) return `programme-${programmeId}`;
  if (importId !== undefined) return `import-${importId}`;
  if (receiptId !== undefined) return `receipt-${receiptId}`;
  if (recipientId !== undefined) return `recipient-${recipientId}`;
  if (epoch !== undefined) return 'vault';
  if (backup !== undefined) return 'recovery';
  return digest === undefined ? 'company' : 'access-log';
}
