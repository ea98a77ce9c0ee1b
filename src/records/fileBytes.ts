/** A file read a stretch at a time. A browser takes a millisecond for each read, however short, and a visit's block is short. */
import { exportDamaged, RecordError } from './errors.ts';

const STRETCH_BYTES = 2 ** 20;

export class FileBytes {
  readonly #file: Blob;
  /** What was read last, and where in the file it begins. */
  #stretch = new Uint8Array();
  #from = 0;

  constructor(file: Blob) {
    this.#file = file;
  }

  get size(): number {
    return this.#file.size;
  }

  /** Throws {@link RecordError} `export-damaged` where the file ends before, and `export-unreadable`. */
  async at(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (at < this.#from || at + length > this.#from + this.#stretch.length) {
      this.#stretch = await read(this.#file.slice(at, at + Math.max(length, STRETCH_BYTES)));
      this.#from = at;
    }
    const bytes = this.#stretch.slice(at - this.#from, at - this.#from + length);
    if (bytes.length < length) throw exportDamaged();
    return bytes;
  }
}

async function read(part: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch (cause) {
    throw new RecordError(
      'export-unreadable',
      'This file can’t be read from where it lies: it was moved, changed or withdrawn. Choose it again.',
      { cause },
    );
  }
}
