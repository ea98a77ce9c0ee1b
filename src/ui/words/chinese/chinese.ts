/**
 * The page in Chinese, simplified, as it is written on the mainland: file by file what the English folder holds, checked by the compiler.
 *
 * The pattern is 侧弯步态特征 throughout, and 该特征 where it was named just before. The person who walks is 被测者; left and right are theirs.
 */
import type { Words } from '../english/english.ts';
import { details } from './details.ts';
import { device } from './device.ts';
import { findings } from './findings.ts';
import { foot, frame, pages, theme } from './frame.ts';
import { advice, intake } from './intake.ts';
import { measures } from './measures.ts';
import { modelImport } from './modelImport.ts';
import { card, models } from './models.ts';
import { privacy } from './privacy.ts';
import { progress, queue } from './queue.ts';
import { replay } from './replay.ts';
import { classes, frameReasons, notice, outcomes, problem, result } from './result.ts';
import { camera, liveAdvice, session } from './session.ts';

export const chinese: Words = {
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
