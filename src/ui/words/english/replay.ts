/** The walk, frame by frame. */
import { clockTime, percent } from '../../format.ts';

export const replay = {
  title: 'Replay',
  stage: 'The walk with the skeleton drawn over it',
  play: 'Play',
  pause: 'Pause',
  previous: 'Previous frame',
  next: 'Next frame',
  speed: 'Speed',
  speeds: [
    { rate: 1, name: '1×' },
    { rate: 0.5, name: '½×' },
    { rate: 0.25, name: '¼×' },
  ],
  position: 'Frame',
  positionValue: (index: number, count: number, time: number, state: string) =>
    `Frame ${index + 1} of ${count}, ${clockTime(time)}, ${state}`,
  used: 'used',
  leftOut: 'left out',
  leftOutBecause: (reason: string) => `left out: ${reason}`,
  frameOf: (index: number, count: number) => `${index + 1} / ${count}`,
  showSkeleton: 'Skeleton',
  showPlumb: 'Plumb line',
  /** On the picture, beside the wrists. */
  marks: { left: 'L', right: 'R' },
  left: 'Person’s left',
  right: 'Person’s right',
  size: 'Larger joints are surer',
  keys: 'Arrow keys step through the frames, space plays and pauses.',
  influence: 'What moved the result: stretches above the line spoke for the pattern, those below against it.',
  influenceMost: (from: number, to: number, shift: number) =>
    `Without ${clockTime(from)} to ${clockTime(to)} the probability of the pattern would be ${percent(Math.abs(shift))} ` +
    `${shift > 0 ? 'lower' : 'higher'}.`,
  series: 'Measure along the walk',
  seriesMore: (limits: string) =>
    `Above the middle: towards the person’s left. Top and bottom are ${limits}; the band is the mean with its 95 % interval.`,
  exclude: {
    title: 'Leave frames out',
    thisFrame: 'Leave this frame out',
    before: 'All before it',
    after: 'All after it',
    none: 'Use all again',
    recompute: 'Compute the result again',
    busy: 'Computing…',
    count: (count: number) =>
      count === 0
        ? 'No frame is left out by hand.'
        : count === 1
          ? 'One frame is left out by hand.'
          : `${count} frames are left out by hand.`,
  },
  map: 'Skeleton map',
  outline: 'Outline',
  mapMore: 'What the network sees of this frame',
  limbs: 'Limbs',
  joints: 'Joints',
  mapMissing: 'This frame was left out, so the network didn’t see it.',
  noPicture: 'This browser can’t replay the file. The skeleton is shown alone.',
  nobody: 'No person in this frame',
  noFrames: 'No frame of this clip could be read, so there is nothing to replay.',
};
