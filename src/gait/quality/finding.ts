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
  /** Failed: what is wrong and what to do. Passed: what holds. */
  sentence: string;
}

/** A share as people read it: "83 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "in only 12 % of …", "in none of …". */
export function inOnly(share: number): string {
  return share < 0.005 ? 'in none' : `in only ${percent(share)}`;
}
