/**
 * Says advice aloud, when asked to, with a voice of this device: some browsers have voices that send the text to a server, and those are
 * never used.
 */
export class Speaker {
  /** Whether anything is said. */
  on = $state(false);
  #last = '';

  /** Whether this device has a voice of its own for this language. */
  canSpeak(language: string): boolean {
    return this.#voice(language) !== null;
  }

  /** Says a sentence, once until another one comes. */
  say(sentence: string, language = document.documentElement.lang): void {
    if (sentence === this.#last) return;
    this.#last = sentence;
    const voice = this.on ? this.#voice(language) : null;
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  #voice(language: string): SpeechSynthesisVoice | null {
    if (!('speechSynthesis' in globalThis)) return null;
    const own = speechSynthesis.getVoices().filter(({ localService }) => localService);
    return own.find(({ lang }) => lang.toLowerCase().startsWith(language.toLowerCase().slice(0, 2))) ?? null;
  }
}
