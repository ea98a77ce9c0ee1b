/**
 * The rules that a walk has to meet, as data: name, limit with its reason, and the sentences. In the order in which they are said: the
 * first one that blocks is the reason a screener reads, so what explains the others comes first.
 */
import { inOnly, percent, type QualityFinding } from './finding.ts';
import type { FrameReason } from './frameRules.ts';
import type { WalkMeasures } from './walkMeasures.ts';

interface WalkRule {
  rule: string;
  severity: QualityFinding['severity'];
  limit: number;
  /** Why this limit. */
  why: string;
  /** The value is to be at least, or at most, the limit. */
  wants: 'least' | 'most';
  unit: string;
  /** null where the walk gives nothing to judge by; the rule is left out then. */
  value(walk: WalkMeasures): number | null;
  failed(walk: WalkMeasures, value: number): string;
  passed(value: number): string;
}

/** Fewer frames than this that met all earlier rules say nothing about the next one. */
const FEWEST_ASKED = 5;

/** Of the frames that met the rules before, the share that meets these as well; null where too few were asked. */
function metShare({ failures }: WalkMeasures, reasons: readonly FrameReason[]): number | null {
  const entries = reasons.map((reason) => failures.get(reason) ?? { asked: 0, failed: 0 });
  const asked = entries[0]?.asked ?? 0;
  if (asked < FEWEST_ASKED) return null;
  return 1 - entries.reduce((total, { failed }) => total + failed, 0) / asked;
}

function failedMore({ failures }: WalkMeasures, a: FrameReason, b: FrameReason): boolean {
  return (failures.get(a)?.failed ?? 0) > (failures.get(b)?.failed ?? 0);
}

/** What most of the frames that were left out have against them, and what to do about it. */
function mainReason({ failures }: WalkMeasures): string {
  const [worst] = [...failures].sort(([, a], [, b]) => b.failed - a.failed);
  return worst ? REASONS[worst[0]] : REASONS['no-person'];
}

const REASONS: Record<FrameReason, string> = {
  'no-person': 'in most of the others no person was found. Use more light, film from nearer, and keep the whole body in view.',
  'not-a-body': 'in most of the others no upright body was found. Film one person walking, from head to feet.',
  'outside-picture':
    'in most of the others a part of the body was outside of the picture. Step back, or hold the camera upright.',
  'too-small':
    "in most of the others the person was too small. Film from nearer: the body should fill a third of the picture's height.",
  'from-behind': 'in most of the others the person was seen from behind. Repeat the walk towards the camera.',
  'from-the-side': 'in most of the others the person was seen from the side. Repeat the walk straight towards the camera.',
  unclear: 'in most of the others arms or legs were unclear. Use more light, and clothes that stand out from the background.',
  'no-outline':
    'in most of the others the body could not be told from the background. Film before a plain background, in even light.',
};

export const WALK_RULES: readonly WalkRule[] = [
  {
    rule: 'clip-length',
    severity: 'blocks',
    limit: 1,
    why: 'less than a second holds no stride',
    wants: 'least',
    unit: 's',
    value: ({ duration }) => duration,
    failed: (_, value) => `The clip is ${value.toFixed(1)} s long. Record at least one second of walking; ten are better.`,
    passed: (value) => `The clip is ${value.toFixed(1)} s long.`,
  },
  {
    rule: 'person-found',
    severity: 'blocks',
    limit: 15,
    why: 'one second at 15 frames a second',
    wants: 'least',
    unit: 'frames',
    value: ({ posed }) => posed,
    failed: ({ sampled }, value) =>
      value === 0
        ? 'No person was found. One person should walk towards the camera, whole body in view, in even light, and fill at least ' +
          "a third of the picture's height."
        : `Only ${value} of ${sampled} frames show a person, and 15 are the least. Film one person from head to feet in even light, ` +
          'for ten seconds.',
    passed: (value) => `A person was found in ${value} frames.`,
  },
  {
    rule: 'plausible-body',
    severity: 'blocks',
    limit: 0.5,
    why: 'a pose model finds bodies in hands, bottles and furniture; a walking person is upright in most frames',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['not-a-body']),
    failed: (_, value) =>
      `What was found looks like an upright body ${inOnly(value)} of the frames. Film one person walking, from head to feet, with ` +
      'nothing in front of them.',
    passed: (value) => `The body was upright and complete in ${percent(value)} of the frames.`,
  },
  {
    rule: 'whole-body',
    severity: 'blocks',
    limit: 0.5,
    why: 'joints outside of the picture are guessed by the pose model, with good confidence, and wrongly',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['outside-picture']),
    failed: (_, value) =>
      `The whole body was in the picture ${inOnly(value)} of the frames. Repeat the walk with head, hands and feet in view ` +
      'all the time: step back, or hold the camera upright.',
    passed: (value) => `The whole body was in the picture in ${percent(value)} of the frames.`,
  },
  {
    rule: 'size-in-picture',
    severity: 'blocks',
    limit: 0.5,
    why: 'far away is where a walk may begin, not where most of it may take place',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['too-small']),
    failed: (_, value) =>
      `The person was too small in ${percent(1 - value)} of the frames. Film from nearer: the body should fill at least a third of ` +
      "the picture's height.",
    passed: (value) => `The person was large enough in ${percent(value)} of the frames.`,
  },
  {
    rule: 'same-person',
    severity: 'blocks',
    limit: 0.02,
    why: 'nobody leaps by a torso length in an eighth of a second; one frame in fifty may be off',
    wants: 'most',
    unit: 'share',
    value: ({ jumps, posed }) => (posed < FEWEST_ASKED ? null : jumps / posed),
    failed: () =>
      'The body leaps from place to place: two people, or a person and a thing, were mixed up. Repeat the walk with one person in view.',
    passed: () => 'One and the same person was followed.',
  },
  {
    rule: 'left-and-right',
    severity: 'blocks',
    limit: 0.02,
    why: 'nobody turns round in an eighth of a second; swaps that could be put right (sides.ts) are gone by now, these could not',
    wants: 'most',
    unit: 'share',
    value: ({ swaps, posed }) => (posed < FEWEST_ASKED ? null : swaps / posed),
    failed: () =>
      'Left and right could not be told apart reliably. Film from the front at the height of the waist, with the face and both arms ' +
      'in view, in even light.',
    passed: () => 'Left and right could be told apart.',
  },
  {
    rule: 'front-view',
    severity: 'blocks',
    limit: 0.35,
    why: 'who walks to the camera, turns and walks away shows the front half of the time, less the turn',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['from-behind', 'from-the-side']),
    failed: (walk, value) =>
      failedMore(walk, 'from-behind', 'from-the-side')
        ? `The person was seen from behind, and from the front ${inOnly(value)} of the frames. Repeat the walk towards the camera.`
        : `The person was seen from the side, and from the front ${inOnly(value)} of the frames. Place the camera at the end of ` +
          'the path, so that the person walks straight towards it.',
    passed: (value) => `The person was seen from the front in ${percent(value)} of the frames.`,
  },
  {
    rule: 'clear-joints',
    severity: 'blocks',
    limit: 0.5,
    why: 'in good light a walking person seen from the front has all joints clear in nearly every frame',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['unclear']),
    failed: (_, value) =>
      `Arms and legs were clear ${inOnly(value)} of the frames. Use more light, close-fitting clothes that stand out from ` +
      'the background, and keep others and furniture out of the way.',
    passed: (value) => `Arms and legs were clear in ${percent(value)} of the frames.`,
  },
  {
    rule: 'found-throughout',
    severity: 'blocks',
    limit: 0.6,
    why: 'a person lost in more than a third of the frames between the first and the last is a guess in the others too',
    wants: 'least',
    unit: 'share',
    value: ({ posed, foundShare }) => (posed < FEWEST_ASKED ? null : foundShare),
    failed: (_, value) =>
      `The person was lost time and again: found in ${percent(value)} of the frames of the walk. Use more light and a background ` +
      'that clothes stand out from, and keep others out of the way.',
    passed: (value) => `The person was found in ${percent(value)} of the frames of the walk.`,
  },
  {
    rule: 'steady-body',
    severity: 'blocks',
    limit: 0.15,
    why: 'trunk, upper arms and thighs of a walking person change by 0.03 to 0.08 between frames; guessed ones by 0.2 and more',
    wants: 'most',
    unit: 'torso lengths',
    value: ({ unsteadiness }) => (Number.isNaN(unsteadiness) ? null : unsteadiness),
    failed: () =>
      "The body's outline shook too much to be measured. Put the camera on a stand, use more light, and wear close-fitting clothes.",
    passed: () => 'The body was measured steadily from frame to frame.',
  },
  {
    rule: 'usable-frames',
    severity: 'blocks',
    limit: 15,
    why: 'one second at 15 frames a second: the least that holds a step of each leg',
    wants: 'least',
    unit: 'frames',
    value: ({ usable }) => usable,
    failed: (walk, value) => `Only ${value} of ${walk.sampled} frames can be used, and 15 are the least: ${mainReason(walk)}`,
    passed: (value) => `${value} frames can be used.`,
  },
  {
    rule: 'found-mostly',
    severity: 'warns',
    limit: 0.5,
    why: 'coming into view late is fine; a person overlooked for most of a clip points at poor light or too great a distance',
    wants: 'least',
    unit: 'share',
    value: ({ sampled, posed }) => (posed === 0 ? null : posed / sampled),
    failed: (_, value) =>
      `The person was found ${inOnly(value)} of the clip's frames. If they were in view all along, use more light or film from nearer.`,
    passed: (value) => `The person was found in ${percent(value)} of the clip's frames.`,
  },
  {
    rule: 'long-enough',
    severity: 'warns',
    limit: 3,
    why: 'three seconds hold two strides, which can be compared; networks were trained on walks of 20 seconds (domain: dataset)',
    wants: 'least',
    unit: 's',
    value: ({ usable, usableTime }) => (usable < 2 ? null : usableTime),
    failed: (_, value) =>
      `Only ${value.toFixed(1)} s of walking could be used. A longer walk gives a steadier result: aim for ten seconds.`,
    passed: (value) => `${value.toFixed(1)} s of walking could be used.`,
  },
  {
    rule: 'frame-rate',
    severity: 'warns',
    limit: 9,
    why: 'below nine frames a second a step has fewer than five frames; slow animations and time lapses are found here too',
    wants: 'least',
    unit: 'frames/s',
    value: ({ frameRate }) => (Number.isFinite(frameRate) ? frameRate : null),
    failed: (_, value) =>
      `The video has ${value.toFixed(0)} frames a second, too few to follow a step well. Record at 25 or 30 frames a second.`,
    passed: (value) => `${value.toFixed(0)} frames a second were looked at.`,
  },
  {
    rule: 'one-person',
    severity: 'warns',
    limit: 0.1,
    why: 'somebody passing by is harmless; somebody who stays may be the one who was followed',
    wants: 'most',
    unit: 'share',
    value: ({ posed, crowdedShare }) => (posed < FEWEST_ASKED ? null : crowdedShare),
    failed: (_, value) =>
      `More than one person was in view in ${percent(value)} of the frames; the nearest was followed. Check in the replay that it is the ` +
      'right one, or repeat the walk with one person in view.',
    passed: () => 'One person was in view.',
  },
  {
    rule: 'steps',
    severity: 'warns',
    limit: 1.2,
    why: 'adolescents walk at 1.6 to 2.1 steps a second and slowly at 1.4; below 1.2 the legs do something else, or nothing',
    wants: 'least',
    unit: 'steps/s',
    value: ({ usable, stepRate }) => (usable < FEWEST_ASKED || !Number.isFinite(stepRate) ? null : stepRate),
    failed: (_, value) =>
      `Few steps were seen (${value.toFixed(1)} a second). The result counts only if the person walked: check the replay, or ` +
      'repeat the walk.',
    passed: (value) => `${value.toFixed(1)} steps a second were seen.`,
  },
];

export function applyWalkRules(walk: WalkMeasures): QualityFinding[] {
  return WALK_RULES.flatMap((rule): QualityFinding[] => {
    const value = rule.value(walk);
    if (value === null) return [];
    const passed = rule.wants === 'least' ? value >= rule.limit : value <= rule.limit;
    const sentence = passed ? rule.passed(value) : rule.failed(walk, value);
    return [{ rule: rule.rule, passed, severity: rule.severity, value, threshold: rule.limit, unit: rule.unit, sentence }];
  });
}
