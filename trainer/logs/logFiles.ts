/** The log's own files in a run's folder; `report` reads them. */

/** A line for each step. */
export const STEPS_FILE = 'log.jsonl';

/** A line for each look at the validation clips. */
export const EVALUATIONS_FILE = 'evaluations.jsonl';

/** Pictures of what the network was fed with. */
export const MAPS_FOLDER = 'maps';
