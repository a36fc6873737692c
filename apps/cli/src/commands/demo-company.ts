/** An invented company for development: every party field, a contact point, a responsible officer. */
export const DEMO_COMPANY = {
  party: {
    name: { ja: '株式会社架空', en: 'Kaku Inc.' },
    address: {
      ja: '〒100-0000 東京都千代田区架空町1-2-3',
      en: '1-2-3 Kaku-cho, Chiyoda-ku, Tokyo 100-0000, Japan',
    },
    representative: { ja: '代表取締役 架空 太郎', en: 'Taro Kaku, Representative Director' },
    contact: '個人情報相談窓口 privacy@example.jp',
    type: 'private-company',
    email: 'info@example.jp',
    phone: '03-0000-0000',
    url: 'https://example.jp/',
    jurisdiction: 'JP',
  },
  contactPoint: {
    name: { ja: '個人情報相談窓口', en: 'Privacy desk' },
    address: {
      ja: '〒100-0000 東京都千代田区架空町1-2-3 人事部内',
      en: 'c/o Human Resources, 1-2-3 Kaku-cho, Tokyo',
    },
    email: 'privacy@example.jp',
    phone: '03-0000-0001',
    hours: { ja: '平日 9:00〜17:00', en: 'Weekdays 9:00–17:00 (JST)' },
  },
  officer: {
    name: { family: '架空', given: '花子' },
    title: '人事部長 / Head of Human Resources',
    workContact: 'officer@example.jp',
  },
} as const;
