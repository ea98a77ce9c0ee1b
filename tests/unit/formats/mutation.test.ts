/**
 * Damaged files, by the thousand: a reader answers with arrays that are sound or with a FormatError, in bounded time and memory, and
 * with nothing else.
 * The seed is fixed so that a failure repeats; PLUMBLINE_FUZZ_SEED and PLUMBLINE_FUZZ_RUNS try others.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/formats/errors.ts';
import { readNpy } from '../../../src/formats/npy.ts';
import { PICKLE_LIMITS } from '../../../src/formats/pickle/limits.ts';
import { readPickle } from '../../../src/formats/pickle.ts';
import { readSafetensors } from '../../../src/formats/safetensors.ts';
import { readTorchCheckpoint } from '../../../src/formats/torch.ts';
import { ZipArchive } from '../../../src/formats/zip.ts';
import { readFixture } from '../../fixtures.ts';
import { mutationsOf } from './mutations.ts';
import { arraysIn, checkArrays } from './soundness.ts';

const SEED = Number(process.env['PLUMBLINE_FUZZ_SEED'] ?? 20_240);
const RUNS = Number(process.env['PLUMBLINE_FUZZ_RUNS'] ?? 3000);
/** The largest file here has half a megabyte, the others less than 8 kB: even on a busy machine one takes a few milliseconds. */
const SLOWEST_MS = 5000;
/** What one file may take: a pickle's bound, for the pickle and as much again for what lies beside it. */
const MOST_BYTES = 2 * PICKLE_LIMITS.memory;

function readZip(bytes: Uint8Array): Uint8Array[] {
  const archive = new ZipArchive(bytes);
  return archive.names.map((name) => archive.read(name));
}

/** What a reader gives, or the FormatError that it throws; any other error goes through. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

/** The same zip file with no checksums in its directory, so that damage reaches what is packed. */
function withoutChecksums(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file);
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 46)) bytes.fill(0, at + 16, at + 20);
  return bytes;
}

const made = (...names: string[]): string[] => names.map((name) => `formats/${name}`);
const protocols = (name: string): string[] => made(...[0, 1, 2, 3, 4, 5].map((p) => `pickle/${name}_protocol${p}.pkl`));
/** As NumPy 1 and 2 pickle the poses of a data set. */
const poses = ['1_protocol2', '1_protocol4', '2_protocol2', '2_protocol3', '2_protocol4', '2_protocol5'].map(
  (name) => `pickle/pose_numpy${name}.pkl`,
);

const READERS: [name: string, reader: (bytes: Uint8Array) => unknown, files: string[]][] = [
  [
    'npy',
    readNpy,
    [
      ...made('npy/little_f4.npy', 'npy/big_fortran_i8.npy', 'npy/version2.npy', 'npy/version3.npy', 'npy/scalar.npy'),
      'pickle/pose.npy',
    ],
  ],
  [
    'pickle of plain values',
    readPickle,
    [...protocols('plain'), ...made('pickle/python2_protocol0.pkl', 'pickle/python2_protocol2.pkl')],
  ],
  ['pickle of arrays', readPickle, protocols('arrays')],
  ['pickle of poses', readPickle, [...poses, 'pickle/list_of_arrays.pkl', 'pickle/pose_fortran_order.pkl']],
  ['zip', readZip, made('torch/deflated.pt', 'torch/views.pt', 'torch/state_dict.pt')],
  ['torch', readTorchCheckpoint, made('torch/views.pt', 'torch/training.pt', 'torch/types.pt')],
  ['torch from before 1.6', readTorchCheckpoint, made('torch/legacy.pt')],
  ['torch by OpenGait', readTorchCheckpoint, ['sconet-tiny-skeleton/ScoNet-00100.pt']],
  ['safetensors', readSafetensors, made('safetensors/types.safetensors')],
];

describe('damaged files', () => {
  it.each(READERS)(`of ${RUNS} damaged %s files, none does harm`, async (_, reader, files) => {
    const originals = await Promise.all(files.map(readFixture));
    const damaged = reader === readTorchCheckpoint ? mutationsOf(originals.map(withoutChecksums)) : mutationsOf(originals);
    const outcomes = { read: 0, refused: 0 };
    let slowest = 0;
    fc.assert(
      fc.property(damaged, (bytes) => {
        const start = performance.now();
        const result = outcomeOf(() => reader(bytes));
        slowest = Math.max(slowest, performance.now() - start);
        if (result instanceof FormatError) {
          if (result.message.length < 20 || result.message.length > 300) throw new Error(`Not a sentence: ${result.message}`);
          outcomes.refused++;
        } else {
          if (checkArrays(arraysIn(result)) > MOST_BYTES) throw new Error('Far too much memory for so small a file.');
          outcomes.read++;
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Both happen often: damage that no reader notices, and damage behind the first few checks.
    expect(outcomes.read).toBeGreaterThan(RUNS / 100);
    expect(outcomes.refused).toBeGreaterThan(RUNS / 4);
    expect(slowest).toBeLessThan(SLOWEST_MS);
  });

  it(`of ${RUNS} runs of random instructions, none does harm`, () => {
    // Mostly opcodes that build things, so that a fair part of the runs gets somewhere.
    const opcode = fc.constantFrom(
      ...Array.from('N\x88\x89()]}\x8f\x85\x86\x87tlaedsu\x90\x91\x94h012RbQoi\x81\x92\x93.K', (c) => c.charCodeAt(0)),
    );
    const byte = fc.oneof({ weight: 8, arbitrary: opcode }, { weight: 1, arbitrary: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (bytes) => {
        checkArrays(arraysIn(outcomeOf(() => readPickle(Uint8Array.from(bytes)))));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
