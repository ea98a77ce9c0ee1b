/**
 * The network's side of a screening: takes frames from the feed as they come and returns logits and maps. When the graphics device
 * is lost on the way, a new worker without it starts over from the first frame; the feed has kept them all. When the frames turn out to
 * be others, once the whole walk is known, the same worker starts over.
 */
import type { BackendChoice } from '../nets/backends.ts';
import type { WorkerBridge } from './bridge.ts';
import { codeOf } from './errors.ts';
import type { NetworkFace, NetworkReady, NetworkResult } from './networkFace.ts';
import type { FrameFeed, FrameReader } from './frameFeed.ts';
import { joinFrames, type UsableFrame } from './networkInput.ts';

/** Frames in one call: the network's own chunk, so that an abort never waits for more than one. */
const BATCH = 8;

export interface ClassifyTools {
  network: WorkerBridge<NetworkFace, NetworkReady>;
  onDeviceLost(error: Error): void;
}

export interface ClassifyOptions {
  signal: AbortSignal;
  /** Frames the network has done, and the time it worked on them in milliseconds. */
  onClassified: (frames: number, workMs: number) => void;
}

export interface Classified {
  result: NetworkResult;
  choice: BackendChoice;
}

export async function classifyFeed(
  tools: ClassifyTools,
  feed: FrameFeed<UsableFrame>,
  options: ClassifyOptions,
): Promise<Classified> {
  try {
    return await classifyOnce(tools, feed, options);
  } catch (error) {
    if (codeOf(error) !== 'device-lost' || options.signal.aborted) throw error;
    tools.onDeviceLost(error as Error);
    return classifyOnce(tools, feed, options);
  }
}

function classifyOnce({ network }: ClassifyTools, feed: FrameFeed<UsableFrame>, options: ClassifyOptions): Promise<Classified> {
  const { signal, onClassified } = options;
  return network.run(async ({ face, ready }) => {
    let reader: FrameReader<UsableFrame>;
    do {
      await face.begin();
      reader = feed.reader(BATCH);
      for (let frames = await reader.next(); frames; frames = await reader.next()) {
        signal.throwIfAborted();
        const { classified, workMs } = await face.push(joinFrames(frames));
        onClassified(classified, workMs);
      }
      signal.throwIfAborted();
    } while (reader.outdated());
    const result = await face.finish();
    return { result, choice: ready.choice };
  }, signal);
}
