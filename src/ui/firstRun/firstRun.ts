/**
 * Which note somebody has read: the first digits of the SHA-256 of its sentences in all languages. So it is shown again as soon as one of
 * them changes, and a record says by it which note stood at the time.
 */
import { sha256Hex } from '../../formats/sha256.ts';
import { chinese } from '../words/chinese/chinese.ts';
import { english } from '../words/english/english.ts';

export async function noteVersion(): Promise<string> {
  const sentences = [english, chinese].map(({ firstRun }) => firstRun.points);
  return (await sha256Hex(new TextEncoder().encode(JSON.stringify(sentences)))).slice(0, 12);
}
