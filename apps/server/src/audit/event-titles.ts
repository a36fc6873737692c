import type { Bilingual, EventType } from '@enishi/domain';

const TITLES: Readonly<Record<EventType, Bilingual>> = {
  LedgerOpened: { ja: '台帳を開設', en: 'Ledger opened' },
  CompanyDescribed: { ja: '会社情報を登録', en: 'Company described' },
  ContactPointSet: { ja: '問い合わせ窓口を設定', en: 'Contact point set' },
  ResponsibleOfficerAppointed: { ja: '管理責任者を任命', en: 'Responsible officer appointed' },
  PurposeDrafted: { ja: '利用目的の案を作成', en: 'Purpose drafted' },
  PurposePublished: { ja: '利用目的を公開', en: 'Purpose published' },
  NoticePublished: { ja: '通知・公表を記録', en: 'Notice recorded' },
  PurposeRetired: { ja: '利用目的を廃止', en: 'Purpose retired' },
  ProgrammeDrafted: { ja: '制度の案を作成', en: 'Programme drafted' },
  ProgrammePublished: { ja: '制度を公開', en: 'Programme published' },
  ProgrammeClosed: { ja: '制度を終了', en: 'Programme closed' },
  LeaversImportStarted: { ja: '退職者の取り込みを開始', en: 'Import of leavers started' },
  LeaversImportCompleted: { ja: '退職者の取り込みが完了', en: 'Import of leavers completed' },
  ConsentsImportStarted: { ja: '同意の取り込みを開始', en: 'Import of consents started' },
  ConsentsImportCompleted: { ja: '同意の取り込みが完了', en: 'Import of consents completed' },
  ImportEvidenceApproved: { ja: '証跡の不足する同意を一括承認', en: 'Consents of an import approved' },
  ImportUndoStarted: { ja: '取り込みの取消しを開始', en: 'Undoing of an import started' },
  ImportUndone: { ja: '取り込みの取消しが完了', en: 'Import undone' },
  AlumnusRegistered: { ja: '退職者を登録', en: 'Alumnus registered' },
  EmploymentAdded: { ja: '在籍期間を追加', en: 'Employment added' },
  EmploymentCorrected: { ja: '在籍期間を訂正', en: 'Employment corrected' },
  AlumnusCorrected: { ja: '登録内容を訂正', en: 'Details corrected' },
  AlumnusReturned: { ja: '再入社を記録', en: 'Return recorded' },
  AlumnusDeathRecorded: { ja: '逝去を記録', en: 'Death recorded' },
  AlumnusReverted: { ja: '取り込みによる訂正を取消し', en: 'Details as before an undone import' },
  EmploymentReverted: {
    ja: '取り込みによる在籍期間の訂正を取消し',
    en: 'Employment as before an undone import',
  },
  EmploymentRemoved: {
    ja: '取り込みで追加した在籍期間を取消し',
    en: 'Employment of an undone import removed',
  },
  RegistrationUndone: { ja: '登録を取消し', en: 'Registration undone' },
  ConsentRequested: { ja: '同意を依頼', en: 'Consent requested' },
  ConsentGranted: { ja: '同意', en: 'Consent granted' },
  ConsentRefused: { ja: '拒否', en: 'Consent refused' },
  ConsentWithdrawn: { ja: '同意を撤回', en: 'Consent withdrawn' },
  ConsentExpired: { ja: '同意が期限切れ', en: 'Consent expired' },
  ConsentEvidenceApproved: {
    ja: '証跡の不足する同意を承認',
    en: 'Consent with incomplete evidence approved',
  },
  ConsentInvalidated: { ja: '誤記録を取り消し', en: 'Answer recorded in error, voided' },
  HoldPlaced: { ja: '保全を開始', en: 'Hold placed' },
  HoldReleased: { ja: '保全を解除', en: 'Hold released' },
  ErasureMarked: { ja: '消去の対象として記録', en: 'Marked for erasure' },
  ErasureMarkLifted: { ja: '消去の対象から除外', en: 'Mark for erasure lifted' },
  ErasureStarted: { ja: '消去を開始', en: 'Erasure started' },
  ErasureCompleted: { ja: '消去が完了', en: 'Erasure completed' },
  AccessDigestRecorded: { ja: '閲覧記録の要約を記帳', en: 'Digest of the access log recorded' },
  EpochOpened: { ja: '鍵の期を開始', en: 'Key epoch opened' },
  EpochDestroyed: { ja: '鍵の期を廃棄', en: 'Key epoch destroyed' },
  LedgerRestored: { ja: '台帳を復元', en: 'Ledger restored' },
  RestoreDrillRecorded: { ja: '復元訓練を記録', en: 'Restore drill recorded' },
};

/** What an event is called, for people. */
export function titleOf(type: EventType): Bilingual {
  return TITLES[type];
}
