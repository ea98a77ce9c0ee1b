/**
 * What OpenGait takes where a YAML file leaves something out: it merges the file over its own configs/default.yaml, and what is in neither
 * is left to the default arguments of its classes. Facts of ShiqiYu/OpenGait: default.yaml at commit 204bfcf, ResNet9, losses, transforms.
 */
export const OPENGAIT_DEFAULTS = {
  evaluator: { frames: 720 },
  backbone: {
    block: 'BasicBlock',
    inChannel: 1,
    channels: [32, 64, 128, 256],
    layers: [1, 2, 2, 1],
    strides: [1, 2, 2, 1],
    maxpool: true,
  },
  triplet: { weight: 1, margin: 0.2 },
  crossEntropy: { weight: 1, scale: 16, smooth: true, eps: 0.1 },
  /** Also for AdamW, as the file's are merged over one section whatever the solver. */
  optimiser: { solver: 'SGD', rate: 0.1, momentum: 0.9, weightDecay: 0.0005, betas: [0.9, 0.999], eps: 1e-8 },
  scheduler: { kind: 'MultiStepLR', gamma: 0.1, milestones: [20_000, 40_000, 60_000], floor: 0 },
  trainer: {
    saveName: 'tmp',
    saveEvery: 2000,
    iterations: 80_000,
    sampler: 'TripletSampler',
    batch: [8, 16],
    frames: 'fixed_unordered',
    frameCount: 30,
  },
  transform: { probability: 0.5 },
} as const;
