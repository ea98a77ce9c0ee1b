import { afterEach, expect, test, vi } from 'vitest';
import { ADDRESS, addressOfVisit, PAGES, Route } from '../../../src/ui/route.svelte.ts';

const place = { hash: '' };

function routeAt(hash: string): Route {
  place.hash = hash;
  vi.stubGlobal('location', place);
  return new Route();
}

const shown = ({ page, visit }: Route) => [page, visit];

afterEach(() => vi.unstubAllGlobals());

test('every page has an address, and an address its page', () => {
  expect(new Set(PAGES.map((page) => ADDRESS[page])).size).toBe(PAGES.length);
  for (const page of PAGES) expect(shown(routeAt(ADDRESS[page]))).toEqual([page, null]);
});

test.each(['', '#', '#content', '#/nothing'])('at "%s" the first page is shown', (hash) => {
  expect(shown(routeAt(hash))).toEqual(['screening', null]);
});

test('a visit has an address below that of all of them, and without an id it is that of all of them', () => {
  expect(shown(routeAt(addressOfVisit('abc')))).toEqual(['records', 'abc']);
  expect(shown(routeAt(addressOfVisit('')))).toEqual(['records', null]);
});

test('it follows the address, and says whether something else is shown', () => {
  const route = routeAt('#/session');
  const go = (hash: string) => {
    place.hash = hash;
    return [route.follow(), ...shown(route)];
  };
  expect(go('#/records')).toEqual([true, 'records', null]);
  expect(go('#/records')).toEqual([false, 'records', null]);
  expect(go('#/records/abc')).toEqual([true, 'records', 'abc']);
  expect(go('#/records/def')).toEqual([true, 'records', 'def']);
  expect(go('#content')).toEqual([false, 'records', 'def']);
  expect(go('')).toEqual([true, 'screening', null]);
});
