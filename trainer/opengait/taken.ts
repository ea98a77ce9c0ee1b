/** Keeps account of what a YAML file left to OpenGait's defaults, and of what in it has no meaning here, for the notes to its reader. */
export class Taken {
  readonly #assumed: string[] = [];
  readonly #leftOut: string[] = [];
  readonly #said: string[] = [];

  /** The file's value, or OpenGait's. */
  or<T>(given: T | undefined, usual: Readonly<T>, path: string): Readonly<T> {
    if (given !== undefined) return given;
    this.#assumed.push(`${path} ${JSON.stringify(usual)}`);
    return usual;
  }

  /** Keys of a section that mean nothing here, where the file gives them. */
  leaveOut<Section extends object>(section: Section | undefined, path: string, ...keys: (keyof Section & string)[]): void {
    for (const key of keys) if (section?.[key] !== undefined) this.#leftOut.push(`${path}.${key}`);
  }

  note(sentence: string): void {
    this.#said.push(sentence);
  }

  notes(): string[] {
    return [
      ...this.#said,
      ...(this.#assumed.length > 0 ? [`Not in the file, and as OpenGait has it: ${this.#assumed.join('; ')}.`] : []),
      ...(this.#leftOut.length > 0 ? [`Without a meaning here, and left out: ${this.#leftOut.join(', ')}.`] : []),
    ];
  }
}
