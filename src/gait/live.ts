/** A walk while it is filmed: advice for the person, and where the walk begins and ends. */
export type { Advice } from './live/advice.ts';
export { WalkWatcher, type LiveState, type WalkEnd, type WalkPhase, type WatchedFrame } from './live/walkWatcher.ts';
