import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../../../../trainer/files/atomicFile.ts';
import { expectDataError, put, temporaryFolder, vectors } from '../data/madeUpDataset.ts';

const at = temporaryFolder();

/** Linux's device that is always full: what is written to it fails as on a full disk. */
const FULL = '/dev/full';
const notFull = existsSync(FULL) ? '' : ` (skipped: no ${FULL} on this machine)`;

describe('writeAtomically', () => {
  it('writes text and bytes in the place of what was there, and leaves nothing beside it', async () => {
    await mkdir(at('plain'));
    await writeAtomically(at('plain', 'file'), 'first');
    await writeAtomically(at('plain', 'file'), Uint8Array.of(104, 105));
    expect(await readFile(at('plain', 'file'), 'utf8')).toBe('hi');
    expect(await readdir(at('plain'))).toEqual(['file']);
  });

  it('overwrites what a killed run left half-written', async () => {
    await mkdir(at('killed'));
    await writeFile(at('killed', 'file.part'), 'much more than what comes after it');
    await writeAtomically(at('killed', 'file'), 'short');
    expect(await readFile(at('killed', 'file'), 'utf8')).toBe('short');
    expect(await readdir(at('killed'))).toEqual(['file']);
  });

  it.skipIf(notFull)(`says that the disk is full and keeps the file as it was${notFull}`, async () => {
    await mkdir(at('full'));
    await writeFile(at('full', 'checkpoint'), 'the last one');
    await symlink(FULL, at('full', 'checkpoint.part'));
    const content = new Uint8Array(100_000);
    await expectDataError(writeAtomically(at('full', 'checkpoint'), content), 'disk-full', 'The disk is full', 'Make room');
    expect(await readFile(at('full', 'checkpoint'), 'utf8')).toBe('the last one');
    expect(await readdir(at('full'))).toEqual(['checkpoint']);
  });

  it.skipIf(notFull)(`so does the writer of clips${notFull}`, async () => {
    await put(at('clips'), '00001', 'neutral', '1_pav.pkl', vectors(2));
    const folder = at('clips', '00001', 'neutral', '000_180');
    await symlink(FULL, `${folder}/2.pkl.part`);
    await expectDataError(put(at('clips'), '00001', 'neutral', '2.pkl', vectors(9)), 'disk-full', '2.pkl');
    expect(await readdir(folder)).toEqual(['1_pav.pkl']);
  });

  it('says what else is in the way', async () => {
    await expectDataError(writeAtomically(at('nowhere', 'file'), ''), 'unwritable', 'nowhere');
    await writeFile(at('a file'), '');
    await expectDataError(put(at('a file'), '1', 'neutral', 'a.pkl', vectors(1)), 'unwritable', "can't be made");
  });
});
