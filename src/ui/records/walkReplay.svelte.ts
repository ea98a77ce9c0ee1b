/**
 * A kept walk, to be looked at again: its frames were kept and the maps weren't, so the network runs once more over what was measured. Where
 * another model is in use than the one that judged it, that is said, and the record stays as it was.
 */
import { toFrames, toWalk, type Visit, type Walk } from '../../records/records.ts';
import type { QualityFinding } from '../../gait/quality.ts';
import { combineWalks } from '../../screening/combine.ts';
import type { Screener } from '../../screening/screener.ts';
import type { Screening } from '../../screening/screening.ts';
import { framesByHand } from '../replay/byHand.ts';

export class WalkReplay {
  screening = $state.raw<Screening | null>(null);
  busy = $state(false);
  problem = $state.raw<unknown>(null);
  readonly #screener: Screener;

  constructor(screener: Screener) {
    this.#screener = screener;
  }

  async open(walk: Walk): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      const { picture, duration, sidesSettled, provenance } = walk;
      // A rule of another version is a rule all the same; what is asked of it here is its name.
      const findings = walk.findings as QualityFinding[];
      const { frames, verdicts } = toFrames(walk);
      const kept = { picture, duration, frames, poseModel: provenance.poseModel, findings, counts: { sidesSettled } };
      this.screening = await this.#screener.screenAgain(kept, framesByHand(verdicts));
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = false;
    }
  }

  /** Computes it without some frames. Returns the visit with that walk in it; null where it failed, or another model judged the walk. */
  async exclude(visit: Visit, walk: Walk, excluded: ReadonlySet<number>): Promise<Visit | null> {
    if (!this.screening) return null;
    try {
      const again = await this.#screener.screenAgain(this.screening, excluded);
      this.screening = again;
      if (again.model.sha256 !== walk.provenance.model.sha256) return null;
      const { id, recorded, source, video } = walk;
      const replaced = { ...toWalk(again, { id, recorded, source }), video };
      return withWalks(
        visit,
        visit.walks.map((each) => (each.id === id ? replaced : each)),
      );
    } catch (error) {
      this.problem = error;
      return null;
    }
  }
}

/** The visit with these walks, and the result that they come to together. */
function withWalks(visit: Visit, walks: Walk[]): Visit {
  const { thresholds, accuracy } = visit.result;
  const result = combineWalks(walks.map(({ probabilities, provenance: { model } }) => ({ probabilities, thresholds, model })));
  return { ...visit, walks, result: { ...result, accuracy } };
}
