/** What is wrong, and what to do about it. `{name}` stands for a parameter of the problem. */
export interface Message {
  readonly problem: string;
  readonly remedy: string;
}

export type Entry = { readonly ja: Message; readonly en: Message };

/** Problem and remedy, in Japanese and in English. */
export function entry(ja: readonly [string, string], en: readonly [string, string]): Entry {
  return { ja: { problem: ja[0], remedy: ja[1] }, en: { problem: en[0], remedy: en[1] } };
}
