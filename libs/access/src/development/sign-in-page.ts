import { escaped, page } from '../pages';
import { DEVELOPMENT_PEOPLE } from './people';

/** The page on which one chooses whom to be: one form, one button per person. @param uid the interaction's id */
export function developmentSignInPage(uid: string): string {
  const people = DEVELOPMENT_PEOPLE.map(
    (person) => `<li><button name="subject" value="${escaped(person.subject)}">
<strong>${escaped(person.office)} ${escaped(person.name)}</strong>
<span class="role">${escaped(person.may)}</span>
<span class="role" lang="en">${escaped(person.nameLatin)} · ${escaped(person.officeEnglish)}: ${escaped(person.mayEnglish)}</span>
</button></li>`,
  ).join('\n');
  return page(
    '開発用サインイン · Development sign-in',
    `<h1>だれとしてサインインしますか <span lang="en">· Sign in as</span></h1>
<p class="note"><strong>開発専用です。</strong>全員が架空の人物で、パスワードはありません。<br>
<span lang="en"><strong>Development only.</strong> Everybody here is invented; there are no passwords.</span></p>
<form method="post" action="/dev-idp/interaction/${escaped(uid)}"><ul>
${people}
</ul></form>`,
  );
}

/** Said when a sign-in was left lying too long or its link was opened elsewhere. */
export function developmentProblemPage(code: string): string {
  return page(
    'サインインできません · Sign-in failed',
    `<h1>サインインをやり直してください <span lang="en">· Start the sign-in again</span></h1>
<p>時間が空いたか、別のブラウザーで開かれました。</p>
<p lang="en">It took too long, or was opened in another browser.</p>
<p><a href="/auth/login">もう一度サインインする <span lang="en">· Sign in again</span></a></p>
<p><small>${escaped(code)}</small></p>`,
  );
}
