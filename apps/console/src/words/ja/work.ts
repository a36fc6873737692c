/** 今日やること。 */
export const work = {
  title: '今日やること',
  whose: 'だれの分を表示するか',
  for: { me: '自分の分', role: '役割の分', all: 'すべて' },
  forHint: {
    me: 'ご自身が行えるものです。ほかの人に割り当てられたものと、ご自身が申請したものの承認は含みません。',
    role: '同じ役割の人が行えるものを、割り当て先にかかわらず表示しています。',
    all: 'だれかの対応を待つものを、すべて表示しています。',
  },
  groups: {
    overdue: '期限を過ぎたもの',
    approval: '承認を待つもの',
    work: '対応するもの',
    repair: '復旧するもの',
  },
  wanted: { approval: '承認・確認', work: '対応', repair: '復旧' },
  count: (count: string) => `${count}件`,
  overdue: (count: string) => `期限超過 ${count}件`,
  since: (days: string) => (days === '0' ? '今日から' : `${days}日前から`),
  roles: (roles: string) => `担当：${roles}`,
  unavailable: 'いまは数えられません',
  open: '開く',
  openOf: (title: string) => `${title}を開く`,
  byCommand: (command: string) => `コマンド：${command}`,
  emptyTitle: 'いま、お待ちしているものはありません',
  emptyText: {
    me: 'ご自身の対応を待つものはすべて済んでいます。',
    role: '同じ役割の人の対応を待つものはすべて済んでいます。',
    all: 'だれかの対応を待つものはすべて済んでいます。',
  },
  emptyComes:
    'ここには、本人からの請求、承認の依頼、発送する文書、見直しの時期が来たものなどが、期限の早い順に出ます。',
  toRequests: '本人からの請求を見る',
};
