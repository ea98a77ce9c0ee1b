/**
 * Says what a file is by its first bytes, where it is none of the videos that can be opened. A file's name says nothing: phones
 * and messengers rename, and a photo is dropped as easily as a video. Only for the wording of an error.
 */

/** How many bytes of a file's beginning are looked at. */
export const FILE_KIND_BYTES = 16;

interface Signature {
  kind: string;
  at: number;
  bytes: readonly number[];
}

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** Longer and later signatures first: RIFF holds several kinds. */
const SIGNATURES: readonly Signature[] = [
  { kind: 'an AVI video', at: 8, bytes: letters('AVI ') },
  { kind: 'a sound file', at: 8, bytes: letters('WAVE') },
  { kind: 'a picture', at: 8, bytes: letters('WEBP') },
  { kind: 'a picture', at: 4, bytes: letters('ftyphei') },
  { kind: 'a picture', at: 4, bytes: letters('ftypmif1') },
  { kind: 'a picture', at: 4, bytes: letters('ftypavi') },
  { kind: 'a picture', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: 'a picture', at: 0, bytes: [0x89, ...letters('PNG')] },
  { kind: 'a picture', at: 0, bytes: letters('GIF8') },
  { kind: 'a Windows Media video', at: 0, bytes: [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11] },
  { kind: 'a Flash video', at: 0, bytes: letters('FLV') },
  { kind: 'an MPEG-1 or MPEG-2 video', at: 0, bytes: [0, 0, 1, 0xba] },
  { kind: 'a sound file', at: 0, bytes: letters('ID3') },
  { kind: 'a sound file', at: 0, bytes: letters('fLaC') },
  { kind: 'a sound file', at: 0, bytes: [0xff, 0xfb] },
  { kind: 'a document', at: 0, bytes: letters('%PDF') },
  { kind: 'an archive', at: 0, bytes: letters('PK') },
  { kind: 'an archive', at: 0, bytes: [0x1f, 0x8b] },
];

/** "a picture", "an AVI video", …; null where the bytes are none of the kinds known here. */
export function fileKind(start: Uint8Array): string | null {
  const matches = ({ at, bytes }: Signature) => bytes.every((byte, index) => start[at + index] === byte);
  return SIGNATURES.find(matches)?.kind ?? null;
}
