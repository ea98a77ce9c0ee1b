/** What a screen reader is told while work goes on: one polite sentence at a time. */
import { spoken, type Language } from './words/language.ts';

export class Announcer {
  text = $state('');
  /** The sentence's; it stays as it was said when another language is chosen. */
  language = $state<Language>(spoken());

  say(text: string): void {
    this.text = text;
    this.language = spoken();
  }
}
