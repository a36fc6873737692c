import { tokyoDay, type Fact, type Instant, type Language } from '@enishi/domain';
import { markup } from '../pages/markup';
import { pageOf } from '../pages/page';
import { dayText } from './privacy-words';

const WORDS = {
  ja: {
    title: 'これまでの版と公表の期間',
    intro: '公表したページは、どの版も公表したときのまま保存しています。',
    version: '版',
    period: '公表の期間',
    ordinal: (version: number) => `第${version}版`,
    from: (day: string) => `${day}から`,
    until: (from: string, until: string) => `${from}から ${until}まで`,
    check:
      'ハッシュ値は、版のページを保存したファイルの SHA-256 です。例: curl -s 「この版のアドレス」?lang=ja | sha256sum',
    back: '現在のページ',
    absentTitle: 'このページはまだ公表されていません',
    absent: 'アドレスを確かめていただくか、会社の窓口にお問い合わせください。',
  },
  en: {
    title: 'Versions of this page, and when each was published',
    intro: 'Every version is kept as it was published.',
    version: 'Version',
    period: 'Published',
    ordinal: (version: number) => `Version ${version}`,
    from: (day: string) => `since ${day}`,
    until: (from: string, until: string) => `${from} to ${until}`,
    check:
      'The hash is the SHA-256 of the page of that version, saved as a file, e.g. curl -s “its address”?lang=en | sha256sum',
    back: 'The page as it is now',
    absentTitle: 'This page is not published yet',
    absent: 'Please check the address, or ask the company’s contact point.',
  },
} as const;

/** The list of versions. @param issued the oldest first, at least one */
export function versionsPage(issued: readonly Fact<'PrivacyPageIssued'>[], language: Language): string {
  const words = WORDS[language];
  const day = (at: Instant): string => dayText(tokyoDay(at), language);
  const rows = issued
    .map(({ effectiveAt, data: { version, hashJa, hashEn } }, index) => {
      const next = issued[index + 1]?.effectiveAt;
      const period =
        next === undefined ? words.from(day(effectiveAt)) : words.until(day(effectiveAt), day(next));
      return markup`<tr><th scope="row" class="unbroken"><a href="/privacy/versions/${version}?lang=${language}">${words.ordinal(version)}</a></th>
<td>${period}</td><td><code>${language === 'ja' ? hashJa : hashEn}</code></td></tr>
`;
    })
    .toReversed();
  return pageOf({
    language,
    title: words.title,
    other: language === 'ja' ? '?lang=en' : '?lang=ja',
    body: markup`<p>${words.intro}</p>
<div class="wide"><table><thead><tr><th scope="col">${words.version}</th><th scope="col">${words.period}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="soft">${words.check}</p>
<p><a href="/privacy?lang=${language}">${words.back}</a></p>`,
  });
}

/** What a browser is shown where nothing is published. */
export function absentPage(language: Language): string {
  const { absentTitle, absent } = WORDS[language];
  return pageOf({ language, title: absentTitle, body: markup`<p>${absent}</p>` });
}
