/** What there is to measure about the aligned silhouettes of a clip: how much of the 64×64 they fill, where, and how that changes. */
import { SILHOUETTE_LENGTH, SILHOUETTE_SIZE } from '../../../src/gait/silhouette.ts';
import { deviation, mean } from '../table.ts';

/** Grey levels above this are the body. */
const HALF_WHITE = 127;
/** Columns that the network never sees, on either side. */
const CUT = 10;
/** Bands of equal height, from the crown to the soles. */
const BANDS = 8;
const BAND_ROWS = SILHOUETTE_SIZE / BANDS;

export interface SilhouetteFigures {
  /** Pixels from the first to the last column that holds anything: mean over the frames, and standard deviation over time. */
  width: number;
  widthStd: number;
  /** Share of the 4096 pixels. */
  area: number;
  areaStd: number;
  /** Share of the body in the columns that are cut off. */
  cut: number;
  /** Columns filled in a row, mean over each eighth of the height. */
  bands: number[];
}

/** @param levels grey levels [T, 64, 64] */
export function silhouetteFigures(levels: Uint8Array): SilhouetteFigures {
  const frames = Array.from({ length: levels.length / SILHOUETTE_LENGTH }, (_, frame) =>
    measureFrame(levels.subarray(frame * SILHOUETTE_LENGTH, (frame + 1) * SILHOUETTE_LENGTH)),
  );
  const widths = frames.map(({ width }) => width);
  const areas = frames.map(({ area }) => area);
  return {
    width: mean(widths),
    widthStd: deviation(widths),
    area: mean(areas),
    areaStd: deviation(areas),
    cut: mean(frames.map(({ cut }) => cut)),
    bands: Array.from({ length: BANDS }, (_, band) => mean(frames.map(({ bands }) => bands[band]!))),
  };
}

function measureFrame(levels: Uint8Array): Pick<SilhouetteFigures, 'width' | 'area' | 'cut' | 'bands'> {
  let [left, right, filled, outside] = [SILHOUETTE_SIZE, -1, 0, 0];
  const bands = Array.from({ length: BANDS }, () => 0);
  levels.forEach((level, at) => {
    if (level <= HALF_WHITE) return;
    const column = at % SILHOUETTE_SIZE;
    left = Math.min(left, column);
    right = Math.max(right, column);
    filled++;
    if (column < CUT || column >= SILHOUETTE_SIZE - CUT) outside++;
    bands[Math.floor(at / SILHOUETTE_SIZE / BAND_ROWS)]! += 1 / BAND_ROWS;
  });
  return { width: right - left + 1, area: filled / SILHOUETTE_LENGTH, cut: outside / filled, bands };
}
