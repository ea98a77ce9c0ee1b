/**
 * Damaged files, by the thousand: a reader answers with an array or with a FormatError, in bounded time, and nothing else.
 * The seed is fixed so that a failure repeats; PLUMBLINE_FUZZ_SEED and PLUMBLINE_FUZZ_RUNS try others.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/formats/errors.ts';
import { readNpy } from '../../../src/formats/npy.ts';
import { readPickle } from '../../../src/formats/pickle.ts';
import { readSafetensors } from '../../../src/formats/safetensors.ts';
import { readTorchCheckpoint } from '../../../src/formats/torch.ts';
import { ZipArchive } from '../../../src/formats/zip.ts';
import { readFixture } from '../../fixtures.ts';
import { mutationsOf } from './mutations.ts';

const SEED = Number(process.env['PLUMBLINE_FUZZ_SEED'] ?? 20_240);
const RUNS = Number(process.env['PLUMBLINE_FUZZ_RUNS'] ?? 3000);
/** No file here is larger than 8 kB: even on a busy machine one takes a few milliseconds. */
const SLOWEST_MS = 5000;

function readZip(bytes: Uint8Array): void {
  const archive = new ZipArchive(bytes);
  for (const name of archive.names) archive.read(name);
}

const protocols = (name: string): string[] => [0, 1, 2, 3, 4, 5].map((protocol) => `pickle/${name}_protocol${protocol}.pkl`);

const READERS: [name: string, reader: (bytes: Uint8Array) => unknown, files: string[]][] = [
  ['npy', readNpy, ['npy/little_f4.npy', 'npy/big_fortran_i8.npy', 'npy/version2.npy', 'npy/version3.npy', 'npy/scalar.npy']],
  ['pickle of plain values', readPickle, [...protocols('plain'), 'pickle/python2_protocol0.pkl', 'pickle/python2_protocol2.pkl']],
  ['pickle of arrays', readPickle, protocols('arrays')],
  ['zip', readZip, ['torch/deflated.pt', 'torch/views.pt', 'torch/state_dict.pt']],
  // Without checksums, so that damage reaches the pickle inside.
  ['torch', readTorchCheckpoint, ['torch/no_checksums.pt', 'torch/training.pt', 'torch/types.pt']],
  ['torch from before 1.6', readTorchCheckpoint, ['torch/legacy.pt']],
  ['safetensors', readSafetensors, ['safetensors/types.safetensors']],
];

describe('damaged files', () => {
  it.each(READERS)(`of ${RUNS} damaged %s files, none does harm`, async (_, reader, files) => {
    const originals = await Promise.all(files.map((file) => readFixture(`formats/${file}`)));
    const outcomes = { read: 0, refused: 0 };
    let slowest = 0;
    fc.assert(
      fc.property(mutationsOf(originals), (bytes) => {
        const start = performance.now();
        try {
          reader(bytes);
          outcomes.read++;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          if (error.message.length < 20 || error.message.length > 300) throw new Error(`Not a sentence: ${error.message}`);
          outcomes.refused++;
        }
        slowest = Math.max(slowest, performance.now() - start);
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
        try {
          readPickle(Uint8Array.from(bytes));
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
