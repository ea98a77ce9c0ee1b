/** Which languages there are words in, and which of them the page is in. */

/** As `lang` attributes name them. */
export const LANGUAGES = ['en', 'zh-CN'] as const;

export type Language = (typeof LANGUAGES)[number];

let chosen: () => Language = () => 'en';

/** From now on the page is in the language that this returns. Until then, and where there is no page, it is in English. */
export function speak(language: () => Language): void {
  chosen = language;
}

/** The language at this moment; markup and `$derived` that ask for it follow it. */
export function spoken(): Language {
  return chosen();
}
