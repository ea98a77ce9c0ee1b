/** Paints one channel of what the network sees of a frame, pixel for pixel as the network sees it: the higher the value, the more ink. */
export const MAP_HEIGHT = 64;
export const MAP_WIDTH = 44;

const PIXELS = MAP_HEIGHT * MAP_WIDTH;

/** Which picture: a channel of one of the maps; a `map` of null leaves the canvas blank. */
export interface MapPicture {
  map: number | null;
  channel: number;
  channels: number;
}

/** `maps` is [frames, channels, 64, 44] grey levels. */
export function paintChannel(canvas: HTMLCanvasElement, maps: Uint8Array, { map, channel, channels }: MapPicture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const picture = context.createImageData(MAP_WIDTH, MAP_HEIGHT);
  const offset = ((map ?? 0) * channels + channel) * PIXELS;
  for (let pixel = 0; map !== null && pixel < PIXELS; pixel++) {
    picture.data[pixel * 4 + 3] = maps[offset + pixel] ?? 0;
  }
  context.putImageData(picture, 0, 0);
}
