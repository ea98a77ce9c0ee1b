/**
 * OpenGait's own YAML as a config of ours (`--opengait-config`). What the file says is translated, what it leaves out is what OpenGait would
 * take, what can't be trained here ends in a sentence, and whatever was assumed or left out is said in a note.
 */
import { parseDocument } from 'yaml';
import type { ConfigInput } from '../train/config.ts';
import { OPENGAIT_DEFAULTS } from './defaults.ts';
import { readAugmentation } from './readAugmentation.ts';
import { readNetwork } from './readNetwork.ts';
import { readEvaluation, readLosses, readOptimisation, readSampling, readStart } from './readTraining.ts';
import { checkOpenGait, type OpenGaitYaml } from './schema.ts';
import { Taken } from './taken.ts';

export interface OpenGaitConfig {
  /** For `parseConfig`. */
  config: ConfigInput;
  /** What was left out or assumed, a sentence each. */
  notes: string[];
}

/** Throws in a sentence. */
export function readOpenGaitConfig(text: string): OpenGaitConfig {
  const yaml = checkOpenGait(parseYaml(text));
  const taken = new Taken();
  const config: ConfigInput = {
    ...named(yaml, taken),
    ...readNetwork(yaml, taken),
    ...readSampling(yaml, taken),
    augmentation: readAugmentation(yaml, taken),
    loss: readLosses(yaml, taken),
    ...readOptimisation(yaml, taken),
    frozen: { batchNorm: yaml.trainer_cfg?.fix_BN ?? false },
    ...readStart(yaml, taken),
    evaluation: readEvaluation(yaml, taken),
  };
  sayWhatIsLeftOut(yaml, taken);
  return { config, notes: taken.notes() };
}

/** YAML 1.1, as PyYAML reads it. */
function parseYaml(text: string): unknown {
  const document = parseDocument(text, { version: '1.1', logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) throw new Error(`it is no YAML: ${firstLine(problem.message)}.`);
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(`it is no YAML: ${firstLine(error instanceof Error ? error.message : String(error))}.`, { cause: error });
  }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/[:.]$/, '');
}

function named({ data_cfg, trainer_cfg, plumbline }: OpenGaitYaml, taken: Taken) {
  const name = plumbline?.name ?? taken.or(trainer_cfg?.save_name, OPENGAIT_DEFAULTS.trainer.saveName, 'trainer_cfg.save_name');
  return { name, split: plumbline?.split === undefined ? splitOf(data_cfg?.dataset_partition, taken) : plumbline.split };
}

/** The four partitions of Scoliosis1K say in their names which they are. */
function splitOf(partition: string | undefined, taken: Taken): string | null {
  const ratio = /(?:^|\/)Scoliosis1K_11(2|4|8|16)\.json$/.exec(partition ?? '')?.[1];
  if (ratio === undefined) return null;
  const split = `Scoliosis1K 1:1:${ratio} (11${ratio})`;
  taken.note(`The split is called "${split}", after the name of data_cfg.dataset_partition.`);
  return split;
}

/** Keys that say how OpenGait works and not what it learns, and those that another setting takes the meaning from. */
function sayWhatIsLeftOut({ data_cfg, evaluator_cfg, model_cfg, trainer_cfg }: OpenGaitYaml, taken: Taken): void {
  if (data_cfg?.dataset_root !== undefined || data_cfg?.dataset_partition !== undefined) {
    taken.note('data_cfg.dataset_root and dataset_partition are left out: --data and --partition say what is trained on.');
  }
  if (trainer_cfg?.enable_float16 === true)
    taken.note('Trained in 32-bit numbers, not in the mixed precision of enable_float16.');
  if (trainer_cfg?.sync_BN === false) {
    taken.note("Batch norm takes the statistics of the whole batch; without sync_BN OpenGait takes those of each GPU's share.");
  }
  if (trainer_cfg?.restore_ckpt_strict === false) {
    taken.note(
      'A checkpoint to start from has to fit the network whatever restore_ckpt_strict says; only the attention of a DRF may be missing.',
    );
  }
  const data = ['dataset_name', 'num_workers', 'remove_no_gallery', 'cache', 'test_dataset_name', 'data_in_use'] as const;
  taken.leaveOut(data_cfg, 'data_cfg', ...data);
  const judging = ['enable_float16', 'restore_ckpt_strict', 'restore_hint', 'save_name', 'eval_func', 'metric'] as const;
  taken.leaveOut(evaluator_cfg, 'evaluator_cfg', ...judging, 'cross_view_gallery');
  const loading = ['batch_shuffle', 'frames_num_max', 'frames_num_min'] as const;
  taken.leaveOut(
    evaluator_cfg?.sampler,
    'evaluator_cfg.sampler',
    'type',
    'batch_size',
    'frames_num_fixed',
    'frames_skip_num',
    ...loading,
  );
  taken.leaveOut(trainer_cfg, 'trainer_cfg', 'log_iter', 'find_unused_parameters');
  taken.leaveOut(trainer_cfg?.sampler, 'trainer_cfg.sampler', ...loading);
  if (model_cfg?.model !== 'DRF') {
    taken.leaveOut(model_cfg, 'model_cfg', 'use_pga', 'pav_pair_num', 'pav_metric_num', 'pga_position');
  }
}
