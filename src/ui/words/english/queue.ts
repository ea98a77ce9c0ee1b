/** The clips on their way, and how far they are. */
import type { Progress } from '../../../screening/screening.ts';
import { percent } from '../../format.ts';

const stages: Record<Progress['stage'], string> = {
  preparing: 'Getting ready',
  watching: 'Following the body',
  classifying: 'Comparing the walk',
};

export const queue = {
  title: 'Clips',
  file: 'File',
  outcome: 'Outcome',
  probabilities: 'Pattern, borderline, none',
  usable: 'Usable frames',
  usableUnit: 'frames usable',
  reason: 'Reason',
  actions: 'Actions',
  sampleName: 'Sample walk',
  done: (done: number, total: number) => `${done} of ${total} done`,
  csv: 'Download CSV',
  csvName: 'plumbline-screenings.csv',
  cancelAll: 'Cancel all',
  clear: 'Clear the list',
  cancel: 'Cancel',
  cancelOf: (name: string) => `Cancel ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name} from the list`,
  again: 'Screen again',
  againOf: (name: string) => `Screen ${name} again`,
  open: (name: string) => `Show the result of ${name}`,
  waiting: 'Waiting',
  waitingLong: 'Waiting for the clip before it',
  cancelled: 'Cancelled',
  cancelledLong: 'Cancelled. Nothing was kept of this clip.',
  failed: 'Not screened',
  framesOf: (usable: number, sampled: number) => `${usable} of ${sampled}`,
};

export const progress = {
  stages,
  timeLeft: (seconds: number) => {
    if (seconds < 1.5) return 'about a second left';
    if (seconds < 90) return `about ${Math.round(seconds)} seconds left`;
    return `about ${Math.round(seconds / 60)} minutes left`;
  },
  timeLeftUnknown: 'Working out the time left',
  framesSeen: (count: number) => (count === 1 ? '1 frame looked at' : `${count} frames looked at`),
  now: (stage: string, share: number, left: string) => `${stage}, ${percent(share)}, ${left}`,
  says: (name: string, share: number) => `${name}: ${percent(share)} done`,
};
