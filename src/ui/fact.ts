/** One line of what is known of something. */
export interface Fact {
  name: string;
  value: string;
  /** Shown as it is typed: an id, a hash. */
  code?: boolean;
}
