/** A list of globals that a pickle may refer to, looked up by module and name. */
import type { PickleGlobal } from './values.ts';

export type GlobalEntry = readonly [module: string, name: string, global: PickleGlobal];

export class AllowList {
  private readonly globals: ReadonlyMap<string, PickleGlobal>;

  constructor(entries: readonly GlobalEntry[]) {
    this.globals = new Map(entries.map(([module, name, global]) => [`${module}\n${name}`, global]));
  }

  findGlobal(module: string, name: string): PickleGlobal | undefined {
    return this.globals.get(`${module}\n${name}`);
  }
}
