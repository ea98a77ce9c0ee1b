/** Visits of an older shape brought to the present one, a step at a time. Steps that were shipped are never changed. */

/** From one schema to the next. What comes in was valid by the older one; what goes out is validated. */
export type Migration = (visit: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The step at index n leads from schema n + 1 to n + 2; the last one to `VISIT_SCHEMA`. */
export const MIGRATIONS: readonly Migration[] = [];

/** Anything that isn't an older visit passes as it is, and is for the validation to refuse. */
export function toPresentShape(visit: unknown, migrations = MIGRATIONS): unknown {
  if (typeof visit !== 'object' || visit === null || !('schema' in visit)) return visit;
  const { schema } = visit;
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1 || schema > migrations.length) return visit;
  return migrations.slice(schema - 1).reduce<Record<string, unknown>>((older, step) => step(older), { ...visit });
}
