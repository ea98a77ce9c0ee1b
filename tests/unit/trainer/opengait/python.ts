/** The Python of this machine that has a module, for holding what we write against the programs that are to read it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command, or null where no Python here has all of the modules. */
export function pythonWith(...modules: string[]): string | null {
  const has = (command: string) => spawnSync(command, ['-c', `import ${modules.join(', ')}`]).status === 0;
  return ['python3', '/usr/bin/python3'].find(has) ?? null;
}

/** For a test's name: empty where it is there. */
export function noPython(command: string | null, ...modules: string[]): string {
  return command === null ? ` (skipped: no Python with ${modules.join(' and ')} on this machine)` : '';
}

/** Runs a program that has to work; what it prints is JSON. */
export function runPython(command: string, program: string, args: string[], input = ''): unknown {
  const { status, stdout, stderr } = spawnSync(command, ['-c', program, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A program beside this file. */
export function programText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
