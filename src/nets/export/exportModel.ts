/**
 * A model's weights for other programs: PyTorch as OpenGait loads it, ONNX with the whole computation, or safetensors. The classes are
 * in the order negative, neutral, positive, which is that of OpenGait's evaluator, whatever order the model came in.
 */
import type { NdArray } from '../../formats/ndarray.ts';
import { encodeOnnx } from '../../formats/onnx.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { writeTorchCheckpoint } from '../../formats/torchWriter.ts';
import { CLASSES } from '../../gait/labels.ts';
import { networkName, type Architecture } from '../architecture.ts';
import { inputName, type ModelManifest } from '../manifest.ts';
import type { Parameters } from '../parameters.ts';
import { networkGraph } from './networkGraph.ts';

export const EXPORT_FORMATS = ['pt', 'onnx', 'safetensors'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportableModel {
  architecture: Architecture;
  /** float32, classes in our order. */
  parameters: Parameters;
  /** Training steps, where they are known. */
  iterations: number | null;
  /** null for a bare checkpoint, of which nothing more is known. */
  manifest: ModelManifest | null;
}

/** Throws NetError where the parameters don't fit the architecture. */
export function exportModel(model: ExportableModel, format: ExportFormat): Uint8Array {
  const { architecture, parameters, iterations } = model;
  if (format === 'pt') return writeTorchCheckpoint(withBatchCounts(model), { iteration: iterations ?? 0 });
  if (format === 'safetensors') return writeSafetensors(parameters, facts(model));
  return encodeOnnx(networkGraph(architecture, parameters), { text: about(model), properties: facts(model) });
}

/** PyTorch's batch norms count their batches, and `load_state_dict(strict=True)` asks for the counts. */
function withBatchCounts({ parameters, iterations }: ExportableModel): Map<string, NdArray> {
  const counted = new Map<string, NdArray>();
  for (const [name, array] of parameters) {
    counted.set(name, array);
    if (!name.endsWith('.running_var')) continue;
    const count = name.replace(/running_var$/, 'num_batches_tracked');
    counted.set(count, { shape: [], dtype: 'int64', data: BigInt64Array.of(BigInt(iterations ?? 0)) });
  }
  return counted;
}

function about({ architecture, manifest }: ExportableModel): string {
  const name = manifest?.name ?? networkName(architecture);
  return manifest?.training.simulated ? `${name}. Trained on simulation only: it says nothing about a person.` : name;
}

/** What must not be lost on the way: with another input or class order the weights look useless. */
function facts({ architecture, manifest, iterations }: ExportableModel): Record<string, string> {
  return {
    network: networkName(architecture),
    class_order: CLASSES.join(','),
    ...(iterations === null ? {} : { iteration: String(iterations) }),
    ...(manifest
      ? {
          input: inputName(manifest),
          trained_on: manifest.training.data,
          simulated: String(manifest.training.simulated),
          weights_sha256: manifest.weights.sha256,
        }
      : {}),
  };
}
