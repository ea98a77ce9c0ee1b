/** Switching tfjs from one backend to another, and making sure of it. */
import * as tf from '@tensorflow/tfjs-core';
import { NetError } from './errors.ts';

/**
 * Makes this backend the one that computes. tfjs's `setBackend` answers false, and another one stays active, where it fails: here
 * that throws {@link NetError} `backend-missing`.
 */
export async function activateBackend(name: string): Promise<void> {
  const accepted = await tf.setBackend(name);
  if (!accepted) throw new NetError('backend-missing', `The ${name} backend did not start.`);
  await tf.ready();
  if (tf.getBackend() !== name) {
    throw new NetError('backend-missing', `The ${name} backend was asked for, and ${tf.getBackend()} answered.`);
  }
}

/** Ends a backend and forgets how to start it. tfjs itself throws where it doesn't know the name. */
export function forgetBackend(name: string): void {
  const factory = tf.findBackendFactory(name) as (() => unknown) | null;
  if (factory) tf.removeBackend(name);
}
