/** One line of what is known of something. */
export interface Fact {
  name: string;
  value: string;
  /** Shown as it is typed: an id, a hash. */
  code?: boolean;
  /** Of what was written elsewhere; empty where nobody knows it. */
  lang?: 'en' | '';
  /** What else was written on it, in English. */
  note?: string;
}
