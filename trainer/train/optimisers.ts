/** PyTorch's SGD and AdamW, step for step, on tfjs variables. tfjs has neither weight decay nor AdamW. */
import * as tf from '@tensorflow/tfjs-core';

export type Gradients = Readonly<Record<string, tf.Tensor>>;

export interface Optimiser {
  /** One step in place; the gradients stay the caller's. */
  step(variables: ReadonlyMap<string, tf.Variable>, gradients: Gradients, learningRate: number): void;
  /** Everything a resumed run needs, by name: copies, which are the caller's to dispose. */
  state(): Map<string, tf.Tensor>;
  /** Puts a saved state back; its tensors stay the caller's. */
  restore(state: ReadonlyMap<string, tf.Tensor>): void;
  dispose(): void;
}

/** SGD with momentum and L2 weight decay: v ← m·v + (g + d·w); w ← w − lr·v. */
export class Sgd implements Optimiser {
  readonly #velocities = new Map<string, tf.Variable>();

  constructor(readonly options: { momentum: number; weightDecay: number }) {}

  step(variables: ReadonlyMap<string, tf.Variable>, gradients: Gradients, learningRate: number): void {
    const { momentum, weightDecay } = this.options;
    for (const [name, variable] of variables) {
      tf.tidy(() => {
        const slope = tf.add(gradients[name]!, tf.mul(variable, weightDecay));
        const velocity = this.#velocities.get(name);
        if (velocity) velocity.assign(tf.add(tf.mul(velocity, momentum), slope));
        else this.#velocities.set(name, tf.variable(slope, false));
        variable.assign(tf.sub(variable, tf.mul(this.#velocities.get(name)!, learningRate)));
      });
    }
  }

  state(): Map<string, tf.Tensor> {
    return copies('velocity.', this.#velocities);
  }

  restore(state: ReadonlyMap<string, tf.Tensor>): void {
    restoreInto(this.#velocities, 'velocity.', state);
  }

  dispose(): void {
    tf.dispose([...this.#velocities.values()]);
  }
}

/** Name of AdamW's count of steps in its state. */
const STEPS = 'steps';

/** AdamW (Loshchilov and Hutter 2019): weight decay apart from the gradient, moments corrected for their start at zero. */
export class AdamW implements Optimiser {
  readonly #first = new Map<string, tf.Variable>();
  readonly #second = new Map<string, tf.Variable>();
  #steps = 0;

  constructor(readonly options: { betas: readonly [number, number]; epsilon: number; weightDecay: number }) {}

  step(variables: ReadonlyMap<string, tf.Variable>, gradients: Gradients, learningRate: number): void {
    const [beta1, beta2] = this.options.betas;
    this.#steps += 1;
    const stepSize = learningRate / (1 - beta1 ** this.#steps);
    const secondCorrection = Math.sqrt(1 - beta2 ** this.#steps);
    for (const [name, variable] of variables) {
      tf.tidy(() => {
        const slope = gradients[name]!;
        const first = moment(this.#first, name, slope, beta1);
        const second = moment(this.#second, name, tf.square(slope), beta2);
        const size = tf.add(tf.div(tf.sqrt(second), secondCorrection), this.options.epsilon);
        const decayed = tf.mul(variable, 1 - learningRate * this.options.weightDecay);
        variable.assign(tf.sub(decayed, tf.mul(tf.div(first, size), stepSize)));
      });
    }
  }

  state(): Map<string, tf.Tensor> {
    return new Map([[STEPS, tf.scalar(this.#steps)], ...copies('first.', this.#first), ...copies('second.', this.#second)]);
  }

  restore(state: ReadonlyMap<string, tf.Tensor>): void {
    this.#steps = state.get(STEPS)?.dataSync()[0] ?? 0;
    restoreInto(this.#first, 'first.', state);
    restoreInto(this.#second, 'second.', state);
  }

  dispose(): void {
    tf.dispose([...this.#first.values(), ...this.#second.values()]);
  }
}

/** m ← β·m + (1 − β)·value, starting from zero. */
function moment(moments: Map<string, tf.Variable>, name: string, value: tf.Tensor, beta: number): tf.Variable {
  let running = moments.get(name);
  if (!running) {
    running = tf.variable(tf.zerosLike(value), false);
    moments.set(name, running);
  }
  running.assign(tf.add(tf.mul(running, beta), tf.mul(value, 1 - beta)));
  return running;
}

function copies(prefix: string, variables: ReadonlyMap<string, tf.Variable>): Map<string, tf.Tensor> {
  return new Map([...variables].map(([name, tensor]) => [prefix + name, tf.clone(tensor)]));
}

function restoreInto(variables: Map<string, tf.Variable>, prefix: string, state: ReadonlyMap<string, tf.Tensor>): void {
  for (const [name, tensor] of state) {
    if (name.startsWith(prefix)) variables.set(name.slice(prefix.length), tf.variable(tensor, false));
  }
}
