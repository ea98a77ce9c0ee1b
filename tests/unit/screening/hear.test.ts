import { expect, test } from 'vitest';
import { hear } from '../../../src/screening/hear.ts';

test.each([
  ['answers', () => Promise.resolve('done'), { answer: 'done' }],
  ['fails', () => Promise.reject(new Error('no room')), { error: 'no room' }],
])('a callback that arrives after its call %s is not heard', async (_, settle, end) => {
  const heard: string[] = [];
  let late: (stage: string) => void = () => undefined;
  const call = hear(
    (stage: string) => heard.push(stage),
    (listener) => {
      late = listener;
      listener('writing');
      return settle();
    },
  );
  const outcome = await call.then(
    (answer) => ({ answer }),
    (error: Error) => ({ error: error.message }),
  );
  late('checking');
  expect(outcome).toEqual(end);
  expect(heard).toEqual(['writing']);
});
