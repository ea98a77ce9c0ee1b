/** Something that a check of a dataset has found. */
export interface Finding {
  /** An error has to be put right before anything is trained or judged; a warning has to be known. */
  grade: 'error' | 'warning';
  /** For programs, e.g. `person-in-two-splits`. */
  code: string;
  /** A sentence. */
  message: string;
}
