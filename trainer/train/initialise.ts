/** Fresh weights, drawn as OpenGait draws them: Xavier-uniform matrices, batch-norm scales around 1. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Architecture } from '../../src/nets/architecture.ts';
import { parameterShapes, type Parameters } from '../../src/nets/parameters.ts';

/** Standard deviation of the batch norms' scales (domain: weight N(1, 0.02), bias 0). */
const SCALE_SPREAD = 0.02;

export function initialParameters(architecture: Architecture, seed: number): Parameters {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(architecture)) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name.endsWith('.running_var')) data.fill(1);
    else if (shape.length > 1) {
      const bound = xavierBound(shape);
      data.forEach((_, index) => (data[index] = (2 * uniform() - 1) * bound));
    } else if (name.endsWith('.weight')) data.forEach((_, index) => (data[index] = 1 + SCALE_SPREAD * normal()));
    parameters.set(name, { shape, dtype: 'float32', data });
  }
  return parameters;
}

/** PyTorch's fans: dimension 1 in, dimension 0 out, times the size of the rest; also for the 3-D banks of part matrices. */
function xavierBound([out = 1, into = 1, ...rest]: readonly number[]): number {
  const field = rest.reduce((product, size) => product * size, 1);
  return Math.sqrt(6 / ((into + out) * field));
}
