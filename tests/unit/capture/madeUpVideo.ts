/**
 * Made-up videos for Node, where nothing can encode or decode: real containers, written by mediabunny, around packets that say which
 * frame they are; and a decoder registered with mediabunny that makes a grey picture of each. It counts what is open.
 */
import {
  BufferTarget,
  CustomVideoDecoder,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  registerDecoder,
  VideoSample,
  WebMOutputFormat,
  type OutputFormat,
  type VideoCodec,
} from 'mediabunny';
import { vi } from 'vitest';

export interface MadeUpVideo {
  /** Start of each frame, seconds. */
  times: readonly number[];
  /** How long the last frame is shown, seconds; as long as the one before it unless told otherwise. */
  lastFor?: number;
  size?: { width: number; height: number };
  rotation?: 0 | 90 | 180 | 270;
  codec?: VideoCodec;
  container?: 'mp4' | 'mp4-index-last' | 'webm';
  /** Frame whose packet makes the decoder fail. */
  broken?: number;
}

/** Each packet takes this many bytes, so that a file can be cut at a frame. */
export const PACKET_BYTES = 1000;
const BROKEN = 0xfe;

const FORMATS: Record<NonNullable<MadeUpVideo['container']>, () => OutputFormat> = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'mp4-index-last': () => new Mp4OutputFormat({ fastStart: false }),
  webm: () => new WebMOutputFormat(),
};

export async function madeUpVideo(options: MadeUpVideo): Promise<Blob> {
  const { times, size = { width: 64, height: 36 }, rotation = 0, codec = 'vp8', container = 'mp4', broken } = options;
  const lastFor = options.lastFor ?? (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[container](), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { rotation });
  await output.start();
  for (const [index, time] of times.entries()) {
    // The lowest bit of a VP8 packet says whether it builds on another frame: 0 for those that stand alone.
    const data = new Uint8Array(PACKET_BYTES).fill(index === broken ? BROKEN : Math.min(index, 1));
    const duration = (times[index + 1] ?? time + lastFor) - time;
    const packet = new EncodedPacket(data, index === 0 ? 'key' : 'delta', time, duration);
    await source.add(packet, { decoderConfig: { ...configOf(codec), codedWidth: size.width, codedHeight: size.height } });
  }
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

/** What a container wants to know of a codec; an HEVC record without parameter sets is as good as another where nothing decodes it. */
function configOf(codec: VideoCodec): { codec: string; description?: Uint8Array } {
  if (codec === 'hevc') return { codec: 'hvc1.1.6.L93.B0', description: new Uint8Array(23).fill(1, 0, 1) };
  return { codec: codec === 'vp9' ? 'vp09.00.10.08' : codec };
}

export async function madeUpSound(): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  for (let index = 0; index < 100; index++) {
    const packet = new EncodedPacket(new Uint8Array(50), 'key', index / 50, 1 / 50);
    await source.add(packet, { decoderConfig: { codec: 'opus', sampleRate: 48000, numberOfChannels: 1 } });
  }
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

/** Frames at a steady rate. */
export function steady(framesPerSecond: number, seconds: number, from = 0): number[] {
  return Array.from({ length: Math.round(framesPerSecond * seconds) }, (_, index) => from + index / framesPerSecond);
}

/** Decoded frames that nobody has closed. */
const open = new Set<VideoSample>();

export function openSamples(): number {
  return open.size;
}

class GreyDecoder extends CustomVideoDecoder {
  static override supports(codec: VideoCodec): boolean {
    return codec === 'vp8';
  }

  init(): void {
    open.clear();
  }

  decode({ data, timestamp, duration }: EncodedPacket): void {
    if (data[0] === BROKEN) {
      this.onError(new Error('The made-up decoder was given a broken packet.'));
      return;
    }
    const [width, height] = [this.config.codedWidth ?? 0, this.config.codedHeight ?? 0];
    const sample = new VideoSample(new Uint8Array(width * height * 4), {
      format: 'RGBA',
      codedWidth: width,
      codedHeight: height,
      timestamp,
      duration,
    });
    open.add(sample);
    const close = sample.close.bind(sample);
    sample.close = () => {
      open.delete(sample);
      close();
    };
    // As real decoders do: later, not from within.
    queueMicrotask(() => this.onSample(sample));
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    // Nothing is held.
  }
}

registerDecoder(GreyDecoder);

/** As much of a canvas as drawing a decoded frame takes. */
class PretendContext {
  imageSmoothingQuality = '';
  save(): void {}
  restore(): void {}
  translate(): void {}
  scale(): void {}
  rotate(): void {}
  drawImage(): void {}
}

class PretendCanvas {
  readonly context = new PretendContext();
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  getContext(): PretendContext {
    return this.context;
  }
}

class PretendVideoFrame {
  close(): void {}
}

/** Gives Node what a worker has, as far as reading a video needs it. */
export function pretendToBeABrowser(): void {
  vi.stubGlobal('VideoDecoder', { isConfigSupported: () => Promise.resolve({ supported: false }) });
  vi.stubGlobal('VideoFrame', PretendVideoFrame);
  vi.stubGlobal('OffscreenCanvas', PretendCanvas);
  vi.stubGlobal('OffscreenCanvasRenderingContext2D', PretendContext);
}
