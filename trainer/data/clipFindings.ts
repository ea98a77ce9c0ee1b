/** What clips show when they are looked at side by side. */
import type { ClipFigures } from './clipFigures.ts';
import { listed, type ClipEntry } from './dataset.ts';
import type { Finding } from './finding.ts';
import { modalityLabel, MODALITY_NAMES, type Modality } from './modality.ts';

/** A second of walking: less is no stride. */
const SHORTEST = 15;

export interface Measured {
  clip: ClipEntry;
  figures: ClipFigures;
}

export function clipFindings(measured: readonly Measured[]): Finding[] {
  const findings: Finding[] = [];
  const tell = (grade: Finding['grade'], code: string, found: readonly Measured[], what: (ids: string) => string): void => {
    if (found.length > 0) findings.push({ grade, code, message: what(listed(found.map(({ clip }) => clip.id))) });
  };
  for (const name of MODALITY_NAMES) {
    const without = measured.filter(({ figures }) => !figures.modalities.includes(name));
    if (without.length === measured.length) continue;
    tell('error', 'modality-missing', without, (ids) => `Some clips have no ${modalityLabel(name)}, which others have: ${ids}.`);
  }
  tell(
    'warning',
    'short',
    measured.filter(({ figures }) => figures.frames < SHORTEST),
    (ids) => `Some clips have fewer than ${SHORTEST} frames, which is no stride: ${ids}.`,
  );
  tell(
    'warning',
    'joint-never-seen',
    measured.filter(({ figures }) => figures.poses && figures.poses.neverSeen.length > 0),
    (ids) => `Some clips have a joint that no frame has, so none of their missing joints is filled in: ${ids}.`,
  );
  tell(
    'warning',
    'blank-frames',
    measured.filter(({ figures }) => figures.maps && figures.maps.blankFrames > 0),
    (ids) => `Some clips have frames whose skeleton maps show nothing: ${ids}.`,
  );
  return findings;
}

/** The clips that hold a modality. */
export function holding(measured: readonly Measured[], modality: Modality): Measured[] {
  return measured.filter(({ figures }) => figures.modalities.includes(modality));
}
