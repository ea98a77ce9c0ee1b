/**
 * A video file as frames with their true times. Containers and codecs are mediabunny's and WebCodecs' work; this file decides
 * what is an error, says so in a sentence, turns and scales each picture, and sees that every decoded frame is closed.
 *
 * Times are the file's own, from its first frame: clips have holes and varying rates, so no rate is ever assumed. Only frames that
 * the cadence asks for are drawn; all have to be decoded, since each builds on the one before.
 */
import {
  BlobSource,
  Input,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  UnsupportedInputFormatError,
  VideoSampleSink,
  WEBM,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny';
import { CadencePicker } from '../gait/cadence.ts';
import type { PictureSize } from '../gait/sequence.ts';
import { FILE_KIND_BYTES, fileKind } from './fileKind.ts';
import { FrameCanvases, type TimedFrame } from './frame.ts';
import {
  damaged,
  emptyFile,
  isTooShort,
  notAVideo,
  noVideoTrack,
  noWebCodecs,
  tooShort,
  undecodable,
  unreadableFile,
} from './videoProblem.ts';

export interface SamplingOptions {
  /** Frames a second to pick, by time. */
  framesPerSecond: number;
  /** Picks no more than this. */
  maxFrames: number;
  signal?: AbortSignal;
}

/** How the reading of a clip ended. */
export interface ReadingEnd {
  /** Seconds from the first frame to the end of the last one that was decoded. */
  readUntil: number;
  /** The file broke off: what it promises beyond `readUntil` is missing. False where reading stopped at `maxFrames`. */
  truncated: boolean;
}

/** Missing time at the end of a clip up to this is rounding in the container. Seconds. */
const END_TOLERANCE = 0.5;

/** An open video. To be closed by whoever opened it. */
export class VideoFile {
  private constructor(
    /** Size of the upright picture, before scaling. */
    readonly picture: PictureSize,
    /** Seconds, as the file says; the true end is known when it has been read. */
    readonly duration: number,
    /** As WebCodecs' families are called: avc, vp9, … */
    readonly codec: string,
    private readonly input: Input,
    private readonly track: InputVideoTrack,
  ) {}

  /** Opens a file and makes sure that it can be decoded. Throws a CaptureError; the signal's reason when aborted. */
  static async open(file: Blob, signal?: AbortSignal): Promise<VideoFile> {
    signal?.throwIfAborted();
    if (file.size === 0) throw emptyFile();
    if (typeof VideoDecoder === 'undefined') throw noWebCodecs();
    const kind = fileKind(await firstBytes(file));
    const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM, MATROSKA, MPEG_TS] });
    try {
      const video = await VideoFile.#probe(input, kind);
      signal?.throwIfAborted();
      return video;
    } catch (error) {
      input.dispose();
      throw error;
    }
  }

  static async #probe(input: Input, kind: string | null): Promise<VideoFile> {
    const { track, tracks } = await findTrack(input, kind);
    if (!track) {
      if (tracks > 0) throw noVideoTrack();
      // The container is right but lists nothing: its index, often at the end, was never written.
      throw kind === null ? damaged(0, null) : notAVideo(kind);
    }
    const codec = await track.getCodec();
    if (codec === null || !(await track.canDecode())) throw undecodable(codec);
    const picture = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
    const duration = await durationOf(track);
    if (isTooShort(duration)) throw tooShort(duration);
    return new VideoFile(picture, duration, codec, input, track);
  }

  /**
   * The frames that the cadence picks, in the order of time; each is to be closed by the receiver. Returns how the reading
   * ended. Throws `damaged` where less than a second could be read and `too-short` where there is no more.
   */
  async *frames({ framesPerSecond, maxFrames, signal }: SamplingOptions): AsyncGenerator<TimedFrame, ReadingEnd, void> {
    signal?.throwIfAborted();
    const picker = new CadencePicker(framesPerSecond, maxFrames);
    const canvases = new FrameCanvases(this.picture);
    let start: number | null = null;
    let readUntil = 0;
    let failure: unknown = null;
    const samples = this.#samples((cause) => (failure = cause));
    for await (const sample of samples) {
      try {
        signal?.throwIfAborted();
        start ??= sample.timestamp;
        const time = sample.timestamp - start;
        readUntil = Math.max(readUntil, time + sample.duration);
        if (!picker.take(time)) continue;
        yield canvases.frame(time, (context, { width, height }) => sample.draw(context, 0, 0, width, height));
      } finally {
        sample.close();
      }
      if (picker.full) return { readUntil, truncated: false };
    }
    signal?.throwIfAborted();
    const truncated = failure !== null || readUntil < this.duration - END_TOLERANCE;
    if (isTooShort(readUntil)) throw truncated ? damaged(readUntil, this.duration, failure) : tooShort(readUntil);
    return { readUntil, truncated };
  }

  /** Decoded frames in the order of time. A failure ends the frames instead of losing those before it. */
  async *#samples(onFailure: (cause: unknown) => void): AsyncGenerator<VideoSample, void, void> {
    const samples = new VideoSampleSink(this.track).samples();
    try {
      while (true) {
        let next: IteratorResult<VideoSample, void>;
        try {
          next = await samples.next();
        } catch (cause) {
          if (isReadFailure(cause)) throw unreadableFile(cause);
          onFailure(cause);
          return;
        }
        if (next.done) return;
        // A negative time means "not to be shown".
        if (next.value.timestamp + next.value.duration <= 0) next.value.close();
        else yield next.value;
      }
    } finally {
      await samples.return();
    }
  }

  /** Frees the file and the decoder. */
  close(): void {
    this.input.dispose();
  }
}

async function findTrack(input: Input, kind: string | null): Promise<{ track: InputVideoTrack | null; tracks: number }> {
  try {
    const tracks = await input.getTracks();
    return { track: await input.getPrimaryVideoTrack(), tracks: tracks.length };
  } catch (cause) {
    if (isReadFailure(cause)) throw unreadableFile(cause);
    if (cause instanceof UnsupportedInputFormatError || kind !== null) throw notAVideo(kind, cause);
    throw damaged(0, null, cause);
  }
}

/** What the container says; computed from its packets where it says nothing (a recording by a browser). */
async function durationOf(track: InputVideoTrack): Promise<number> {
  try {
    const end = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
    return end - Math.max(0, await track.getFirstTimestamp());
  } catch (cause) {
    if (isReadFailure(cause)) throw unreadableFile(cause);
    throw damaged(0, null, cause);
  }
}

async function firstBytes(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, FILE_KIND_BYTES).arrayBuffer());
  } catch (cause) {
    throw unreadableFile(cause);
  }
}

/** What a Blob throws whose file has gone. */
function isReadFailure(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'NotReadableError' || cause.name === 'NotFoundError');
}
