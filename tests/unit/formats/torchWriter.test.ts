/** Checkpoints as PyTorch writes them: read back by our own reader, and by PyTorch itself where this machine has it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeElements } from '../../../src/formats/elements.ts';
import { elementBytes, elementCount, type DType, type NdArray } from '../../../src/formats/ndarray.ts';
import { readTorchCheckpoint } from '../../../src/formats/torch.ts';
import { writeTorchCheckpoint } from '../../../src/formats/torchWriter.ts';
import { expectFormatError } from './support.ts';

const python = ['python3', '/usr/bin/python3'].find((path) => spawnSync(path, ['-c', 'import torch']).status === 0);
const noTorch = python ? '' : ' (skipped: no Python with PyTorch on this machine)';

/** One of each kind of tensor that a state dict holds, and an odd one. */
const STATE = new Map<string, NdArray>([
  ['Backbone.conv.weight', { shape: [2, 3, 1, 1], dtype: 'float32', data: Float32Array.of(1, -2, 3.5, 0, 1e-30, -0) }],
  ['Backbone.bn.running_var', { shape: [2], dtype: 'float32', data: Float32Array.of(0.5, 2) }],
  ['Backbone.bn.num_batches_tracked', { shape: [], dtype: 'int64', data: BigInt64Array.of(2n ** 40n) }],
  ['halves', { shape: [3], dtype: 'float16', data: Uint16Array.of(0x3c00, 0xc000, 0) }],
  ['nothing', { shape: [0, 4], dtype: 'float64', data: new Float64Array(0) }],
]);

describe('writeTorchCheckpoint', () => {
  it('writes what our reader reads', () => {
    const { parameters, iteration, optimizer } = readTorchCheckpoint(writeTorchCheckpoint(STATE, { iteration: 27_000 }));
    expect([...parameters]).toEqual([...STATE]);
    expect(iteration).toBe(27_000);
    expect(optimizer).toBeNull();
  });

  it('does so for any names, shapes and types', () => {
    const shape = fc.array(fc.nat(3), { maxLength: 4 });
    const dtype = fc.constantFrom<DType>('bool', 'uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64');
    const name = fc.string({ minLength: 1, unit: 'grapheme' });
    const tensors = fc.uniqueArray(fc.tuple(name, shape, dtype), { minLength: 1, maxLength: 5, selector: ([name]) => name });
    fc.assert(
      fc.property(tensors, fc.nat({ max: Number.MAX_SAFE_INTEGER }), (described, iteration) => {
        const state = new Map<string, NdArray>(
          described.map(([name, shape, dtype]) => {
            const length = elementCount(shape) * elementBytes(dtype);
            const bytes = Uint8Array.from({ length }, (_, index) => index % 2);
            return [name, { shape, dtype, data: decodeElements(bytes, dtype) }];
          }),
        );
        const read = readTorchCheckpoint(writeTorchCheckpoint(state, { iteration }));
        expect([...read.parameters]).toEqual([...state]);
        expect(read.iteration).toBe(iteration);
      }),
    );
  });

  it('begins every storage on a multiple of 64 bytes, and always writes the same bytes', () => {
    const bytes = Buffer.from(writeTorchCheckpoint(STATE, { iteration: 1 }));
    expect(bytes.equals(Buffer.from(writeTorchCheckpoint(new Map(STATE), { iteration: 1 })))).toBe(true);
    const starts = [...STATE.keys()].map((_, key) => {
      const name = bytes.indexOf(`archive/data/${key}`);
      return name + bytes.readUInt16LE(name - 4) + bytes.readUInt16LE(name - 2);
    });
    expect(starts.map((start) => start % 64)).toEqual(starts.map(() => 0));
  });

  it('refuses types that PyTorch has no tensors of', () => {
    const state = new Map<string, NdArray>([['x', { shape: [1], dtype: 'uint32', data: Uint32Array.of(1) }]]);
    expectFormatError(() => writeTorchCheckpoint(state, { iteration: 0 }), 'invalid-value', '"x"');
  });

  it('refuses arrays that contradict themselves, and steps that nobody can count', () => {
    const state = new Map<string, NdArray>([['x', { shape: [2], dtype: 'float32', data: Float32Array.of(1) }]]);
    expectFormatError(() => writeTorchCheckpoint(state, { iteration: 0 }), 'invalid-value');
    for (const iteration of [0.5, NaN, 2 ** 53]) {
      expectFormatError(() => writeTorchCheckpoint(STATE, { iteration }), 'invalid-value', 'whole number');
    }
  });

  it.skipIf(noTorch)(`is loaded by PyTorch, strictly into a batch norm${noTorch}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    try {
      const path = join(folder, 'model.pt');
      writeFileSync(path, writeTorchCheckpoint(STATE, { iteration: 5 }));
      const { status, stdout, stderr } = spawnSync(python!, ['-c', CHECK, path], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toEqual({
        keys: [...STATE.keys()],
        iteration: 5,
        weight: [1, -2, 3.5, 0, Math.fround(1e-30), -0],
        half: [1, -2, 0],
        shapes: [...STATE.values()].map(({ shape }) => shape),
        dtypes: [...STATE.values()].map(({ dtype }) => `torch.${dtype}`),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const CHECK = `
import collections, json, sys, torch
file = torch.load(sys.argv[1], map_location='cpu')
model = file['model']
assert isinstance(model, collections.OrderedDict)
norm = torch.nn.BatchNorm1d(2)
given = {'weight': torch.ones(2), 'bias': torch.zeros(2), 'running_mean': torch.zeros(2)}
for name in ('running_var', 'num_batches_tracked'):
    given[name] = model['Backbone.bn.' + name]
norm.load_state_dict(given, strict=True)
assert norm.num_batches_tracked.item() == 2 ** 40
print(json.dumps({
    'keys': list(model), 'iteration': file['iteration'], 'weight': model['Backbone.conv.weight'].flatten().tolist(),
    'half': model['halves'].tolist(), 'shapes': [list(tensor.shape) for tensor in model.values()],
    'dtypes': [str(tensor.dtype) for tensor in model.values()],
}))
`;
