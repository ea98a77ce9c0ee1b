/**
 * Every word on the page, in one place: a folder for each language, written as that language is written, not word for word.
 *
 * They are read anew wherever they are used, so that markup and `$derived` follow the language that was chosen. A constant would not.
 */
import { chinese } from './words/chinese/chinese.ts';
import { english, type Words } from './words/english/english.ts';
import { spoken, type Language } from './words/language.ts';

export type { Words };

const IN: Record<Language, Words> = { en: english, 'zh-CN': chinese };

export const words: Words = new Proxy(english, {
  get: (_, part: keyof Words) => IN[spoken()][part],
});
