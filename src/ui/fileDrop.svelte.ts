/** Files dragged over the window and let go: the whole window takes them, and one place on the page shows it. */
export class FileDrop {
  over = $state(false);
  readonly #take: (files: File[]) => void;
  readonly #wanted: () => boolean;

  /** @param wanted whether this is the place for files at the moment */
  constructor(take: (files: File[]) => void, wanted: () => boolean = () => true) {
    this.#take = take;
    this.#wanted = wanted;
  }

  readonly dragOver = (event: DragEvent): void => {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.over = true;
  };

  readonly dragLeave = (event: DragEvent): void => {
    // Only leaving the window counts; going from one element to the next also ends a drag "over" the first.
    if (event.relatedTarget === null) this.over = false;
  };

  readonly drop = (event: DragEvent): void => {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.over = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.#take(files);
  };

  #takes(event: DragEvent): boolean {
    return this.#wanted() && (event.dataTransfer?.types.includes('Files') ?? false);
  }
}
