/** A video file as a source of poses: the pose worker, asked over its bridge. */
import { proxy } from 'comlink';
import type { QualityFinding } from '../gait/quality.ts';
import type { ExtractOptions, Extraction, PoseBatch, PoseFace } from '../pose/poseFace.ts';
import type { WorkerBridge } from './bridge.ts';
import type { PoseSource } from './poseSource.ts';

export function videoSource(pose: WorkerBridge<PoseFace, void>, file: Blob, options: ExtractOptions): PoseSource {
  return {
    poseModel: options.model,
    watch(listener, signal) {
      return pose.run(async ({ face, alive }) => {
        let opened = false;
        const onBatch = async ({ frames, picture, duration }: PoseBatch) => {
          alive();
          if (!opened) listener.opened({ picture, expectedFrames: expectedFrames(duration, options) });
          opened = true;
          await listener.frames(frames);
          alive();
        };
        const extraction = await face.extract(file, options, proxy(onBatch));
        const workMs = extraction.timings.totalMs - extraction.timings.startMs;
        return { duration: extraction.readUntil, workMs, findings: extraction.truncated ? [brokenOff(extraction)] : [] };
      }, signal);
    },
  };
}

function expectedFrames(duration: number, { framesPerSecond, maxFrames }: ExtractOptions): number {
  return Math.min(maxFrames, Math.ceil(duration * framesPerSecond));
}

/** What there was of the file could be used, and whoever reads the result should know that it wasn't all. */
function brokenOff({ readUntil, duration }: Extraction): QualityFinding {
  return {
    rule: 'file-complete',
    passed: false,
    severity: 'warns',
    value: readUntil,
    threshold: duration,
    unit: 's',
    facts: {},
  };
}
