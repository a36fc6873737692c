import type { Bilingual } from '../shapes';
import type {
  AnswerForm,
  RefusalGround,
  RequestDecision,
  RequestGround,
  RequestKind,
  RequestOutcome,
  RequestParty,
  RequestStanding,
  RequestWay,
  TaskAnswer,
} from './request-terms';

type Names<Code extends string> = Readonly<Record<Code, Bilingual>>;

export const REQUEST_KIND_NAMES: Names<RequestKind> = {
  'purpose-notice': { ja: '利用目的の通知', en: 'notice of purposes' },
  disclosure: { ja: '開示', en: 'disclosure' },
  'disclosure-of-provision-records': {
    ja: '第三者提供記録の開示',
    en: 'disclosure of provision records',
  },
  correction: { ja: '訂正', en: 'correction' },
  addition: { ja: '追加', en: 'addition' },
  deletion: { ja: '削除', en: 'deletion' },
  'cease-use': { ja: '利用の停止', en: 'ceasing of use' },
  erasure: { ja: '消去', en: 'erasure' },
  'stop-provision': { ja: '第三者への提供の停止', en: 'stopping of provision' },
  'foreign-measures-information': {
    ja: '外国での措置に関する情報',
    en: 'information on measures abroad',
  },
  complaint: { ja: '苦情', en: 'complaint' },
};

const standing: Names<RequestStanding> = {
  received: { ja: '本人確認待ち', en: 'received, not verified' },
  verified: { ja: '検討中', en: 'verified, to be decided' },
  decided: { ja: '決定済み', en: 'decided' },
  deferred: { ja: '延期中', en: 'deferred' },
  executed: { ja: '通知待ち', en: 'carried out, to be told' },
  notified: { ja: '通知済み', en: 'told' },
  complained: { ja: '苦情あり', en: 'complained about' },
  closed: { ja: '完了', en: 'closed' },
};
const ground: Names<RequestGround> = {
  'handled-in-breach': { ja: '違法な取扱い（18条・19条・20条）', en: 'handled in breach of 18, 19 or 20' },
  'provided-in-breach': { ja: '違法な提供（27条1項・28条）', en: 'provided in breach of 27(1) or 28' },
  'no-longer-needed': { ja: '利用する必要がなくなった', en: 'no longer needed' },
  'breach-happened': { ja: '漏えい等が生じた（26条）', en: 'a breach happened (26)' },
  'interests-at-risk': { ja: '権利・正当な利益が害されるおそれ', en: 'rights or interests at risk' },
};
const refusalGround: Names<RefusalGround> = {
  'purpose-evident': { ja: '利用目的が明らか', en: 'the purpose is evident' },
  harm: { ja: '本人または第三者の権利利益を害するおそれ', en: 'harm to the person or others' },
  'company-rights': { ja: '当社の権利・正当な利益を害するおそれ', en: 'harm to rights of the company' },
  'public-affairs': { ja: '国等の事務の遂行に支障のおそれ', en: 'obstruction of public affairs' },
  'business-obstruction': { ja: '業務の適正な実施に著しい支障', en: 'serious obstruction of business' },
  'other-law': { ja: '他の法令に違反する', en: 'breach of another law' },
  'not-held': { ja: '対象のデータがない', en: 'no such data is held' },
  'not-needed-for-purpose': { ja: '利用目的からみて必要がない', en: 'not needed for the purpose' },
  'claim-wrong': { ja: '指摘が正しくない', en: 'the claim is wrong' },
  unfounded: { ja: '請求に理由がない', en: 'unfounded' },
  'disproportionate-cost': {
    ja: '多額の費用等により困難（代替措置をとる）',
    en: 'cost out of proportion, with a substitute measure',
  },
};
const decision: Names<RequestDecision> = {
  accepted: { ja: '応じる', en: 'accepted' },
  'in-part': { ja: '一部に応じる', en: 'accepted in part' },
  refused: { ja: '応じない', en: 'refused' },
  deferred: { ja: '延期する', en: 'deferred' },
};
const outcome: Names<RequestOutcome> = {
  answered: { ja: '回答済み', en: 'answered' },
  withdrawn: { ja: '取下げ', en: 'withdrawn' },
  unverifiable: { ja: '本人確認できず', en: 'unverifiable' },
  duplicate: { ja: '重複', en: 'duplicate' },
};
const cameBy: Names<RequestWay> = {
  'web-form': { ja: 'ウェブフォーム', en: 'web form' },
  paper: { ja: '書面', en: 'paper' },
  email: { ja: 'メール', en: 'e-mail' },
  phone: { ja: '電話', en: 'telephone' },
  'in-person': { ja: '来訪', en: 'in person' },
};
const party: Names<RequestParty> = {
  person: { ja: '本人', en: 'the person' },
  'legal-representative': { ja: '法定代理人', en: 'legal representative' },
  mandatary: { ja: '任意代理人', en: 'mandatary' },
};
const answerForm: Names<AnswerForm> = {
  electronic: { ja: '電子データ', en: 'electronic' },
  paper: { ja: '書面', en: 'paper' },
};
const taskAnswer: Names<TaskAnswer> = {
  done: { ja: '対応済み', en: 'done' },
  'nothing-held': { ja: '該当なし', en: 'nothing held' },
  cannot: { ja: '対応できない', en: 'cannot' },
};

/** What people read for the codes of the request desk. */
export const REQUEST_NAMES = {
  standing,
  ground,
  refusalGround,
  decision,
  outcome,
  cameBy,
  party,
  answerForm,
  taskAnswer,
} as const;
