/** What a quality rule says about a walk. */
export interface QualityFinding {
  /** The rule's name, fixed: it stands in records and tables. */
  rule: string;
  passed: boolean;
  /** A failed rule that blocks makes the walk not assessable; one that warns is said beside the result. */
  severity: 'blocks' | 'warns';
  value: number;
  /** The limit the value was held against. */
  threshold: number;
  unit: string;
  /** What else a sentence about it needs: the sentences themselves are the interface's, in each language. */
  facts: Readonly<Record<string, string | number>>;
}
