/** Words for rules that only a pattern can say; given with `@Matches` as its context. */

/** Code of a purpose, programme or template. */
export const CODE_FORM = {
  ja: '英小文字で始め、英小文字・数字・ハイフンで指定してください（例: rehire）。',
  en: 'Must be lower-case letters, digits and hyphens, a letter first, such as rehire.',
};

/** Name of an HR system. */
export const SOURCE_FORM = {
  ja: '英小文字・数字・ハイフン 41 文字以内で指定してください（例: hr）。',
  en: 'Must be lower-case letters, digits and hyphens, at most 41, such as hr.',
};

/** Text that says something. */
export const NOT_BLANK = { ja: '空白だけにはできません。', en: 'Must not be blank.' };

/** Who acted: a kind and an id. */
export const ACTOR = /^(staff|alumnus|token|system):[\w-]{1,64}$/;

/** Where somebody handles data. */
export const COUNTRY_FORM = {
  ja: '国を ISO 3166 の 2 文字で指定してください（例: JP）。',
  en: 'Must be an ISO 3166 code of two letters, such as JP.',
};

/** Who acted. */
export const ACTOR_FORM = {
  ja: '種別と ID を指定してください（例: staff:…、token:…）。',
  en: 'Must be a kind and an id, such as staff:… or token:….',
};

/** SHA-256. */
export const HASH_FORM = {
  ja: 'SHA-256 を小文字の 16 進 64 桁で指定してください。',
  en: 'Must be a SHA-256, 64 lower-case hex digits.',
};
