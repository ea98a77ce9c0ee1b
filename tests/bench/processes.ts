/** What the processes of a browser take of the cores. */
import type { Browser } from '@playwright/test';

export class Processes {
  private constructor(private readonly ask: () => Promise<{ type: string; id: number; cpuTime: number }[]>) {}

  static async of(browser: Browser): Promise<Processes> {
    const session = await browser.newBrowserCDPSession();
    return new Processes(async () => (await session.send('SystemInfo.getProcessInfo')).processInfo);
  }

  async read(): Promise<{ at: number; seconds: Map<number, number> }> {
    return { at: performance.now(), seconds: new Map((await this.ask()).map(({ id, cpuTime }) => [id, cpuTime])) };
  }

  /** "1.6 cores: renderer 1.2, utility 0.3, …" */
  async since({ at, seconds }: { at: number; seconds: Map<number, number> }): Promise<string> {
    const now = await this.ask();
    const passed = (performance.now() - at) / 1000;
    const shares = new Map<string, number>();
    for (const { type, id, cpuTime } of now) {
      shares.set(type, (shares.get(type) ?? 0) + (cpuTime - (seconds.get(id) ?? 0)) / passed);
    }
    const sorted = [...shares].sort(([, a], [, b]) => b - a);
    const whole = sorted.reduce((total, [, share]) => total + share, 0);
    const parts = sorted.filter(([, share]) => share >= 0.05).map(([type, share]) => `${type.toLowerCase()} ${share.toFixed(2)}`);
    return `${whole.toFixed(2)} cores (${parts.join(', ')})`;
  }
}
