/**
 * MediaPipe's pose landmarker inside a module worker. This file holds what is particular to it: how its engine is started there,
 * how its memory of the last clip is wiped, and what its clock asks for.
 *
 * Version 0.10.35 is pinned: later ones report usage to their maker. Model and engine are the app's own files.
 */
import { FilesetResolver, PoseLandmarker, type MPMask } from '@mediapipe/tasks-vision';
import { PoseError } from './errors.ts';
import type { Landmark } from './landmarks.ts';

export type PoseModel = 'lite' | 'full';

export interface LandmarkerOptions {
  model: PoseModel;
  /** How many people it finds. Fewer people in the picture make it slower: it then looks for the others in every frame. */
  people: 1 | 2;
  /** Where the app's files lie, ending in a slash; `pose/` and `vision/` are below it. */
  base: string;
}

/**
 * At MediaPipe's default of 0.5 an empty room is full of people (51 of 60 frames); at 0.8 it is empty, and no frame of
 * real people is lost.
 */
const CONFIDENCE = 0.8;

/** The module engine's loader leaves its factory here, and is looked for here at every start. */
interface EngineScope {
  ModuleFactory?: unknown;
  import?: (url: string) => Promise<unknown>;
}

/** What was found in one picture. */
export interface Detection {
  /** 33 for each person. */
  landmarks: Landmark[][];
  /** Which pixels of the picture are that person's; null where outlines weren't asked for. Until `close`. */
  outline(person: number): Mask | null;
  close(): void;
}

/** 255 where the person is, 0 elsewhere, row by row. */
export interface Mask {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** What finds the people in the pictures of one clip or camera, one picture after the other. */
export interface Detector {
  /** Everyone in the picture. `time` in seconds from the clip's start, growing from call to call. */
  detect(canvas: OffscreenCanvas, time: number): Detection;
}

export class Landmarker implements Detector {
  /** Milliseconds of MediaPipe's clock at which the clip began: its clock may only grow, clip after clip. */
  #clipStart = 0;
  #latest = -1;

  private constructor(
    readonly model: PoseModel,
    private readonly landmarker: PoseLandmarker,
  ) {}

  /** Loads engine and model. Throws {@link PoseError} `engine-failed`. */
  static async create({ model, base, people }: LandmarkerOptions): Promise<Landmarker> {
    try {
      const [fileset, modelAssetBuffer] = await Promise.all([
        FilesetResolver.forVisionTasks(new URL('vision', base).href, true),
        fetchModel(new URL(`pose/pose_landmarker_${model}.task`, base).href),
      ]);
      const scope = globalThis as EngineScope;
      // MediaPipe takes the factory away when it has used it; in a bundled module worker it also finds no `import`.
      const load = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);
      scope.import = load;
      scope.ModuleFactory = ((await load(fileset.wasmLoaderPath)) as { default: unknown }).default;
      const landmarker = await PoseLandmarker.createFromOptions(fileset, {
        baseOptions: { modelAssetBuffer, delegate: 'CPU' },
        runningMode: 'VIDEO',
        numPoses: people,
        minPoseDetectionConfidence: CONFIDENCE,
        minPosePresenceConfidence: CONFIDENCE,
        minTrackingConfidence: CONFIDENCE,
      });
      return new Landmarker(model, landmarker);
    } catch (cause) {
      if (cause instanceof PoseError) throw cause;
      throw new PoseError('engine-failed', 'The pose model could not be started. Reload the page and try again.', { cause });
    }
  }

  /**
   * Forgets the clip before: without this its last person haunts the next clip's first frames. To be called before each clip, saying
   * whether its people are to be told from the background as well.
   */
  async reset({ outlines }: { outlines: boolean }): Promise<void> {
    try {
      await this.landmarker.setOptions({ outputSegmentationMasks: outlines });
    } catch (cause) {
      throw new PoseError('engine-failed', 'The pose model could not be started again. Reload the page and try again.', {
        cause,
      });
    }
    this.#clipStart = this.#latest + 1;
  }

  detect(canvas: OffscreenCanvas, time: number): Detection {
    // Whole milliseconds: added to any start, the differences its smoothing works with stay the same to the bit.
    const at = Math.max(this.#clipStart + Math.round(time * 1000), this.#latest + 1);
    this.#latest = at;
    try {
      const result = this.landmarker.detectForVideo(canvas, at);
      return {
        landmarks: result.landmarks,
        outline: (person) => outlineOf(result.segmentationMasks?.[person]),
        close: () => result.close(),
      };
    } catch (cause) {
      throw new PoseError('frame-failed', `The pose model failed at ${time.toFixed(1)} s. Try the video again.`, { cause });
    }
  }

  close(): void {
    this.landmarker.close();
  }
}

/** As likely the person as not. */
const HALF = 0.5;

function outlineOf(mask: MPMask | undefined): Mask | null {
  if (!mask) return null;
  const pixels = Uint8Array.from(mask.getAsFloat32Array(), (share) => (share > HALF ? 255 : 0));
  return { width: mask.width, height: mask.height, pixels };
}

async function fetchModel(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new PoseError(
      'engine-failed',
      `The pose model could not be loaded (${response.status}). Go online once and reload the page, then try again.`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}
