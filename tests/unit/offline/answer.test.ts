import { expect, it } from 'vitest';
import { fileAsked } from '../../../src/offline/answer.ts';
import { BASE } from './someFiles.ts';

it.each([
  [BASE, ''],
  [`${BASE}?source=home`, ''],
  [`${BASE}index.html`, ''],
  [`${BASE}models/a%20b/model.json`, 'models/a b/model.json'],
  ['https://host.example/elsewhere.js', null],
  ['https://other.example/plumbline/app.js', null],
])('%s asks for %j', (url, file) => {
  expect(fileAsked({ method: 'GET', url }, BASE)).toBe(file);
});

it('leaves everything but reading alone', () => {
  expect(fileAsked({ method: 'POST', url: BASE }, BASE)).toBeNull();
});
