/** The page in English. Another language is another folder beside this one, of the same shape ({@link Words}). */
import { device } from './device.ts';
import { details } from './details.ts';
import { findings } from './findings.ts';
import { foot, frame, pages, theme } from './frame.ts';
import { advice, intake } from './intake.ts';
import { measures } from './measures.ts';
import { modelImport } from './modelImport.ts';
import { card, models } from './models.ts';
import { progress, queue } from './queue.ts';
import { privacy } from './privacy.ts';
import { replay } from './replay.ts';
import { camera, liveAdvice, session } from './session.ts';
import { classes, frameReasons, notice, outcomes, problem, result } from './result.ts';

export const english = {
  ...frame,
  pages,
  theme,
  intake,
  advice,
  device,
  queue,
  progress,
  outcomes,
  classes,
  frameReasons,
  findings,
  result,
  notice,
  replay,
  details,
  problem,
  models,
  card,
  modelImport,
  privacy,
  measures,
  camera,
  liveAdvice,
  session,
  foot,
};

export type Words = typeof english;
