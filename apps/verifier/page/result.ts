import {
  facts,
  findingText,
  headline,
  statements,
  type Fact,
  type Language,
  type Report,
} from '@enishi/verification';
import { WORDS } from './words';

/** A check that was made. */
export interface Checked {
  readonly report: Report;
  /** Name of the file. */
  readonly file: string;
  readonly at: Date;
}

/** Everything that stands in a bundle comes in as text, never as markup. */
function element(name: string, content: string | readonly Node[], className = ''): HTMLElement {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (typeof content === 'string') made.textContent = content;
  else made.append(...content);
  return made;
}

/** What a check came to, to read and to print. */
export function resultOf(
  { report, file, at }: Checked,
  language: Language,
  print: () => void,
): readonly Node[] {
  const isGood = report.outcome === 'verified';
  const button = element('button', WORDS.print[language], 'plain');
  button.setAttribute('type', 'button');
  button.addEventListener('click', print);
  const sign = element('span', isGood ? '✓' : '✗', 'sign');
  sign.setAttribute('aria-hidden', 'true');
  const said = element(
    'h2',
    [sign, document.createTextNode(headline(report, language))],
    isGood ? 'good' : 'bad',
  );
  return [
    said,
    ...(isGood ? [] : [element('h3', WORDS.found[language]), findingsOf(report, language)]),
    ...(report.findingCount > report.findings.length ? [element('p', WORDS.more_found[language])] : []),
    ...(isGood ? [element('h3', WORDS.said[language])] : []),
    element(
      'ul',
      statements(report, language).map((text) => element('li', text)),
    ),
    element('h3', WORDS.stated[language]),
    tableOf([
      ...facts(report, language),
      [WORDS.checked[language], `${file}, ${clock(language).format(at)} JST`],
    ]),
    button,
  ];
}

function findingsOf({ findings }: Report, language: Language): HTMLElement {
  const items = findings.map((finding) => {
    const { where, what } = findingText(finding, language);
    const code = element('code', finding.code);
    return element('li', [
      ...(where === '' ? [] : [element('p', where, 'where')]),
      element('p', [document.createTextNode(`${what} `), code]),
    ]);
  });
  return element('ol', items, 'findings');
}

function tableOf(rows: readonly Fact[]): HTMLElement {
  const pairs = rows.flatMap(([name, value]) => [element('dt', name), element('dd', value)]);
  return element('dl', pairs);
}

const clock = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
