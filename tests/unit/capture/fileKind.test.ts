import { describe, expect, it } from 'vitest';
import { fileKind } from '../../../src/capture/fileKind.ts';

const text = (value: string, before: number[] = []) =>
  Uint8Array.from([...before, ...Array.from(value, (letter) => letter.charCodeAt(0))]);

describe('fileKind', () => {
  it.each([
    { start: text('ÿØÿà'), kind: 'a picture' },
    { start: text('\x89PNG\r\n'), kind: 'a picture' },
    { start: text('ftypheic', [0, 0, 0, 24]), kind: 'a picture' },
    { start: text('RIFF....WEBPVP8 '), kind: 'a picture' },
    { start: text('RIFF....AVI LIST'), kind: 'an AVI video' },
    { start: text('RIFF....WAVEfmt '), kind: 'a sound file' },
    { start: text('%PDF-1.7'), kind: 'a document' },
    { start: text('PK\x03\x04'), kind: 'an archive' },
  ])('knows $kind by its first bytes', ({ start, kind }) => {
    expect(fileKind(start)).toBe(kind);
  });

  it('says nothing of videos that can be opened, of garbage and of nothing', () => {
    expect(fileKind(text('ftypisom', [0, 0, 0, 24]))).toBeNull();
    expect(fileKind(text('ftypqt  ', [0, 0, 0, 20]))).toBeNull();
    expect(fileKind(Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3]))).toBeNull();
    expect(fileKind(text('some garbage that is nothing'))).toBeNull();
    expect(fileKind(new Uint8Array(0))).toBeNull();
  });
});
