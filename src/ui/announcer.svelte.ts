/** What a screen reader is told while work goes on: one polite sentence at a time. */
export class Announcer {
  text = $state('');

  say(text: string): void {
    this.text = text;
  }
}
