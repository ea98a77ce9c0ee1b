/** The command line in the test's own process: another process takes more than a second to start, most of it to load tfjs. */
import { format } from 'node:util';
import { vi } from 'vitest';
import { runCommandLine } from '../../../trainer/commandLine.ts';

export interface Ran {
  code: number | null;
  /** All that was written to stdout. */
  said: string;
  /** And to stderr. */
  complained: string;
}

export async function runHere(...args: string[]): Promise<Ran> {
  const said: string[] = [];
  const complained: string[] = [];
  const spies = [...listen(said, ['log', 'info', 'debug'], 'stdout'), ...listen(complained, ['warn', 'error'], 'stderr')];
  try {
    const code = await runCommandLine(args);
    return { code, said: said.join(''), complained: complained.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** What goes through these methods of the console or into that stream, into `texts` instead. */
function listen(texts: string[], methods: readonly ('log' | 'info' | 'debug' | 'warn' | 'error')[], stream: 'stdout' | 'stderr') {
  return [
    ...methods.map((method) =>
      vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void texts.push(`${format(...words)}\n`)),
    ),
    vi.spyOn(process[stream], 'write').mockImplementation((text) => texts.push(String(text)) > 0),
  ];
}
