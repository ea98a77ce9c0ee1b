/** The page in English. Another language is another folder beside this one, of the same shape ({@link Words}). */
import { device } from './device.ts';
import { details } from './details.ts';
import { figures, joins } from './figures.ts';
import { findings } from './findings.ts';
import { firstRun } from './firstRun.ts';
import { foot, frame, language, later, pages, theme } from './frame.ts';
import { advice, intake } from './intake.ts';
import { measures } from './measures.ts';
import { modelImport } from './modelImport.ts';
import { card, models, presets, recipes } from './models.ts';
import { offline } from './offline.ts';
import { progress, queue } from './queue.ts';
import { privacy } from './privacy.ts';
import { records, visit } from './records.ts';
import { replay } from './replay.ts';
import { report, worth } from './report.ts';
import { reportFile } from './reportFile.ts';
import { camera, liveAdvice, session } from './session.ts';
import { settings } from './settings.ts';
import { classes, frameReasons, notice, outcomes, problem, result } from './result.ts';

export const english = {
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

export type Words = typeof english;
