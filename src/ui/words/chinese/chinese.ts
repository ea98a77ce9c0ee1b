/**
 * The page in Chinese, simplified, as it is written on the mainland: file by file what the English folder holds, checked by the compiler.
 *
 * The pattern is 侧弯步态特征 throughout, and 该特征 where it was named just before. The person who walks is 被测者; left and right are theirs.
 */
import type { Words } from '../english/english.ts';
import { details } from './details.ts';
import { device } from './device.ts';
import { figures, joins } from './figures.ts';
import { findings } from './findings.ts';
import { firstRun } from './firstRun.ts';
import { foot, frame, language, later, pages, theme } from './frame.ts';
import { advice, intake } from './intake.ts';
import { measures } from './measures.ts';
import { modelImport } from './modelImport.ts';
import { card, models, presets, recipes } from './models.ts';
import { offline } from './offline.ts';
import { privacy } from './privacy.ts';
import { progress, queue } from './queue.ts';
import { records, visit } from './records.ts';
import { replay } from './replay.ts';
import { report, worth } from './report.ts';
import { reportFile } from './reportFile.ts';
import { classes, frameReasons, notice, outcomes, problem, result } from './result.ts';
import { camera, liveAdvice, session } from './session.ts';
import { settings } from './settings.ts';

export const chinese: Words = {
  ...frame,
  pages,
  theme,
  language,
  later,
  intake,
  advice,
  device,
  queue,
  progress,
  outcomes,
  classes,
  frameReasons,
  figures,
  joins,
  findings,
  result,
  notice,
  replay,
  details,
  problem,
  models,
  card,
  recipes,
  presets,
  modelImport,
  privacy,
  measures,
  camera,
  liveAdvice,
  session,
  records,
  visit,
  report,
  reportFile,
  worth,
  settings,
  firstRun,
  offline,
  foot,
};
