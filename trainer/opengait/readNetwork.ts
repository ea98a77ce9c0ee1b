/** OpenGait's `model_cfg` as a network of ours and what it is fed with. Only the networks of the field can be trained: ScoNet and DRF. */
import { OPENGAIT_DEFAULTS } from './defaults.ts';
import type { OpenGaitYaml } from './schema.ts';
import type { Taken } from './taken.ts';

/** Throws in a sentence. */
export function readNetwork({ model_cfg, plumbline }: OpenGaitYaml, taken: Taken) {
  if (!model_cfg?.model)
    throw new Error('model_cfg.model is missing, and OpenGait would take a network that is not known here: say ScoNet or DRF.');
  if (!model_cfg.backbone_cfg) throw new Error('model_cfg.backbone_cfg is missing, and OpenGait has no default for it.');
  const drf = model_cfg.model === 'DRF' && model_cfg.use_pga !== false;
  const { inChannels, widths } = backbone(model_cfg.backbone_cfg, taken);
  const { embedding, parts } = head(model_cfg, widths[3]);
  if (model_cfg.model === 'DRF' && inChannels !== 2) {
    throw new Error('model_cfg.backbone_cfg.in_channel: a DRF is fed with skeleton maps, which have 2 channels.');
  }
  const shape = { inChannels, widths, embedding, parts, classes: 3 };
  return {
    network: drf ? { network: 'drf', ...shape, attention: attention(model_cfg, taken) } : { network: 'sconet', ...shape },
    input: inChannels === 1 ? { kind: 'silhouette' } : { kind: 'skeleton-map', recipe: recipe(plumbline, taken) },
  };
}

type ModelYaml = NonNullable<OpenGaitYaml['model_cfg']>;

function backbone(yaml: NonNullable<ModelYaml['backbone_cfg']>, taken: Taken) {
  const usual = OPENGAIT_DEFAULTS.backbone;
  if (yaml.type === undefined) throw new Error('model_cfg.backbone_cfg.type is missing: say ResNet9.');
  // Where these are left out, OpenGait builds a backbone that isn't ScoNet's.
  for (const [key, value, wanted] of [
    ['layers', usual.layers, [1, 1, 1, 1]],
    ['maxpool', usual.maxpool, false],
  ] as const) {
    if (yaml[key] !== undefined) continue;
    throw new Error(
      `model_cfg.backbone_cfg.${key} is missing, and OpenGait's default, ${JSON.stringify(value)}, can't be trained here: say ${JSON.stringify(wanted)}.`,
    );
  }
  const path = 'model_cfg.backbone_cfg';
  taken.or(yaml.block, usual.block, `${path}.block`);
  taken.or(yaml.strides, usual.strides, `${path}.strides`);
  return {
    inChannels: taken.or(yaml.in_channel, usual.inChannel, `${path}.in_channel`),
    widths: [...taken.or(yaml.channels, usual.channels, `${path}.channels`)] as [number, number, number, number],
  };
}

/** The part FCs and the neck, which repeat what the backbone and each other say. */
function head({ SeparateFCs: fcs, SeparateBNNecks: necks, bin_num: bins }: ModelYaml, width: number) {
  const [parts] = bins ?? [];
  if (parts === undefined || fcs?.out_channels === undefined || necks?.class_num === undefined) {
    throw new Error(
      'model_cfg lacks bin_num, SeparateFCs.out_channels or SeparateBNNecks.class_num, for which OpenGait has no default.',
    );
  }
  const embedding = fcs.out_channels;
  for (const [key, given, wanted] of [
    ['SeparateFCs.in_channels', fcs.in_channels, width],
    ['SeparateFCs.parts_num', fcs.parts_num, parts],
    ['SeparateBNNecks.in_channels', necks.in_channels, embedding],
    ['SeparateBNNecks.parts_num', necks.parts_num, parts],
  ] as const) {
    if (given === wanted) continue;
    throw new Error(
      `model_cfg.${key} has to be ${wanted} to fit the rest of the network${given === undefined ? '' : `, not ${given}`}.`,
    );
  }
  return { embedding, parts };
}

function attention({ pga_position: position }: ModelYaml, taken: Taken) {
  if (position === undefined) {
    taken.note(
      "A DRF's attention is taken to act behind the part FCs, as in the public re-implementation; the YAML has no key for it.",
    );
  }
  return position === 'preFC' ? 'before-fcs' : 'after-fcs';
}

function recipe(plumbline: OpenGaitYaml['plumbline'], taken: Taken): string | undefined {
  if (plumbline?.recipe === undefined) {
    taken.note(
      'The YAML has no key for how the skeleton maps were drawn, and the default recipe is taken; a section "plumbline: {recipe: NAME}" in it says otherwise.',
    );
  }
  return plumbline?.recipe;
}
