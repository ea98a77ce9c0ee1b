/** English or Chinese: as chosen last on this device, else as the browser prefers. Without storage the choice lasts as long as the page. */
import { LANGUAGES, speak, type Language } from './words/language.ts';

const KEY = 'plumbline.language';

class LanguageChoice {
  language = $state<Language>(readStored() ?? preferred(navigator.languages));

  constructor() {
    speak(() => this.language);
    this.#show();
  }

  choose(language: Language): void {
    this.language = language;
    this.#show();
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // Storage refused: the choice holds until the page is left, which is all that can be done.
    }
  }

  #show(): void {
    document.documentElement.lang = this.language;
  }
}

/** There is one for the page: its words are in it from the first one shown. */
export const choice = new LanguageChoice();

function readStored(): Language | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return LANGUAGES.find((language) => language === stored);
  } catch {
    return undefined;
  }
}

/** The first of the browser's languages that there are words in. */
function preferred(tags: readonly string[]): Language {
  const [first] = tags.flatMap((tag) => LANGUAGES.filter((language) => base(language) === base(tag)));
  return first ?? 'en';
}

/** "zh-Hant-TW" → "zh". */
function base(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
