/**
 * The rules that a walk has to meet, as data: name, and limit with its reason. In the order in which they are said: the first one that
 * blocks is the reason a screener reads, so what explains the others comes first. The sentences are the interface's, in each language.
 */
import type { QualityFinding } from './finding.ts';
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
  /** What else a sentence about it needs. */
  facts?(walk: WalkMeasures): QualityFinding['facts'];
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

/** What most of the frames that were left out have against them. */
function mainReason({ failures }: WalkMeasures): FrameReason {
  const [worst] = [...failures].sort(([, a], [, b]) => b.failed - a.failed);
  return worst?.[0] ?? 'no-person';
}

export const WALK_RULES = [
  {
    rule: 'clip-length',
    severity: 'blocks',
    limit: 1,
    why: 'less than a second holds no stride',
    wants: 'least',
    unit: 's',
    value: ({ duration }) => duration,
  },
  {
    rule: 'person-found',
    severity: 'blocks',
    limit: 15,
    why: 'one second at 15 frames a second',
    wants: 'least',
    unit: 'frames',
    value: ({ posed }) => posed,
    facts: ({ sampled }) => ({ sampled }),
  },
  {
    rule: 'plausible-body',
    severity: 'blocks',
    limit: 0.5,
    why: 'a pose model finds bodies in hands, bottles and furniture; a walking person is upright in most frames',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['not-a-body']),
  },
  {
    rule: 'whole-body',
    severity: 'blocks',
    limit: 0.5,
    why: 'joints outside of the picture are guessed by the pose model, with good confidence, and wrongly',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['outside-picture']),
  },
  {
    rule: 'size-in-picture',
    severity: 'blocks',
    limit: 0.5,
    why: 'far away is where a walk may begin, not where most of it may take place',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['too-small']),
  },
  {
    rule: 'same-person',
    severity: 'blocks',
    limit: 0.02,
    why: 'nobody leaps by a torso length in an eighth of a second; one frame in fifty may be off',
    wants: 'most',
    unit: 'share',
    value: ({ jumps, posed }) => (posed < FEWEST_ASKED ? null : jumps / posed),
  },
  {
    rule: 'left-and-right',
    severity: 'blocks',
    limit: 0.02,
    why: 'nobody turns round in an eighth of a second; swaps that could be put right (sides.ts) are gone by now, these could not',
    wants: 'most',
    unit: 'share',
    value: ({ swaps, posed }) => (posed < FEWEST_ASKED ? null : swaps / posed),
  },
  {
    rule: 'front-view',
    severity: 'blocks',
    limit: 0.35,
    why: 'who walks to the camera, turns and walks away shows the front half of the time, less the turn',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['from-behind', 'from-the-side']),
    facts: (walk) => ({ mostly: failedMore(walk, 'from-behind', 'from-the-side') ? 'from-behind' : 'from-the-side' }),
  },
  {
    rule: 'clear-joints',
    severity: 'blocks',
    limit: 0.5,
    why: 'in good light a walking person seen from the front has all joints clear in nearly every frame',
    wants: 'least',
    unit: 'share',
    value: (walk) => metShare(walk, ['unclear']),
  },
  {
    rule: 'found-throughout',
    severity: 'blocks',
    limit: 0.6,
    why: 'a person lost in more than a third of the frames between the first and the last is a guess in the others too',
    wants: 'least',
    unit: 'share',
    value: ({ posed, foundShare }) => (posed < FEWEST_ASKED ? null : foundShare),
  },
  {
    rule: 'steady-body',
    severity: 'blocks',
    limit: 0.15,
    why: 'trunk, upper arms and thighs of a walking person change by 0.03 to 0.08 between frames; guessed ones by 0.2 and more',
    wants: 'most',
    unit: 'torso lengths',
    value: ({ unsteadiness }) => (Number.isNaN(unsteadiness) ? null : unsteadiness),
  },
  {
    rule: 'usable-frames',
    severity: 'blocks',
    limit: 15,
    why: 'one second at 15 frames a second: the least that holds a step of each leg',
    wants: 'least',
    unit: 'frames',
    value: ({ usable }) => usable,
    facts: (walk) => ({ sampled: walk.sampled, mostly: mainReason(walk) }),
  },
  {
    rule: 'found-mostly',
    severity: 'warns',
    limit: 0.5,
    why: 'coming into view late is fine; a person overlooked for most of a clip points at poor light or too great a distance',
    wants: 'least',
    unit: 'share',
    value: ({ sampled, posed }) => (posed === 0 ? null : posed / sampled),
  },
  {
    rule: 'long-enough',
    severity: 'warns',
    limit: 3,
    why: 'three seconds hold two strides, which can be compared; networks were trained on walks of 20 seconds (domain: dataset)',
    wants: 'least',
    unit: 's',
    value: ({ usable, usableTime }) => (usable < 2 ? null : usableTime),
  },
  {
    rule: 'frame-rate',
    severity: 'warns',
    limit: 9,
    why: 'below nine frames a second a step has fewer than five frames; slow animations and time lapses are found here too',
    wants: 'least',
    unit: 'frames/s',
    value: ({ frameRate }) => (Number.isFinite(frameRate) ? frameRate : null),
  },
  {
    rule: 'one-person',
    severity: 'warns',
    limit: 0.1,
    why: 'somebody passing by is harmless; somebody who stays may be the one who was followed',
    wants: 'most',
    unit: 'share',
    value: ({ posed, crowdedShare }) => (posed < FEWEST_ASKED ? null : crowdedShare),
  },
  {
    rule: 'steps',
    severity: 'warns',
    limit: 1.2,
    why: 'adolescents walk at 1.6 to 2.1 steps a second and slowly at 1.4; below 1.2 the legs do something else, or nothing',
    wants: 'least',
    unit: 'steps/s',
    value: ({ usable, stepRate }) => (usable < FEWEST_ASKED || !Number.isFinite(stepRate) ? null : stepRate),
  },
  {
    rule: 'strides',
    severity: 'warns',
    limit: 4,
    why: 'four steps are two strides: the least by which one side can be compared with the other and with itself',
    wants: 'least',
    unit: 'steps',
    value: ({ usable, steps }) => (usable < FEWEST_ASKED ? null : steps),
  },
] as const satisfies readonly WalkRule[];

export type WalkRuleName = (typeof WALK_RULES)[number]['rule'];

export function applyWalkRules(walk: WalkMeasures): QualityFinding[] {
  return WALK_RULES.flatMap(({ rule, severity, limit, wants, unit, ...of }: WalkRule): QualityFinding[] => {
    const value = of.value(walk);
    if (value === null) return [];
    const passed = wants === 'least' ? value >= limit : value <= limit;
    return [{ rule, passed, severity, value, threshold: limit, unit, facts: of.facts?.(walk) ?? {} }];
  });
}
