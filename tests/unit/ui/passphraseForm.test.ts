import { beforeEach, expect, test } from 'vitest';
import { Records } from '../../../src/ui/records/records.svelte.ts';
import { PassphraseForm } from '../../../src/ui/settings/passphraseForm.svelte.ts';
import { Device } from '../records/device.ts';

const FIRST = 'correct horse battery';
const SECOND = 'staple, and a saddle';

let device: Device;
let form: PassphraseForm;

beforeEach(async () => {
  device = new Device();
  const records = new Records(() => device.open());
  await records.ready;
  form = new PassphraseForm(records);
});

function enter(entered: Partial<Pick<PassphraseForm, 'current' | 'next' | 'again'>>): void {
  Object.assign(form, entered);
}

const fields = () => [form.current, form.next, form.again];

/** Whether another tab gets in with it. */
async function opens(passphrase: string): Promise<boolean> {
  const { lock } = await device.open();
  return lock.unlock(passphrase).then(
    async () => (await lock.state()) === 'open',
    () => false,
  );
}

test('a new passphrase has to be long enough, and entered twice', () => {
  enter({ next: 'x'.repeat(11), again: 'x'.repeat(11) });
  expect(form.complaint).toBe('short');
  enter({ next: 'x'.repeat(12) });
  expect(form.complaint).toBe('differs');
  enter({ again: 'x'.repeat(12) });
  expect(form.complaint).toBeNull();
});

test('it is set, changed and taken off, and stays in no field', async () => {
  enter({ next: FIRST, again: FIRST });
  const turningOn = form.turnOn();
  expect(form.busy).toBe('on');
  await turningOn;
  expect([form.busy, form.problem, form.changed, ...fields()]).toEqual([null, null, false, '', '', '']);
  expect(await opens(FIRST)).toBe(true);

  enter({ current: FIRST, next: SECOND, again: SECOND });
  await form.change();
  expect([form.problem, form.changed, ...fields()]).toEqual([null, true, '', '', '']);
  expect([await opens(FIRST), await opens(SECOND)]).toEqual([false, true]);

  enter({ current: SECOND });
  await form.turnOff();
  expect([form.problem, form.changed, ...fields()]).toEqual([null, false, '', '', '']);
  expect(await (await device.open()).lock.state()).toBe('off');
});

test('with another passphrase nothing changes, and what was entered stays', async () => {
  enter({ next: FIRST, again: FIRST });
  await form.turnOn();
  enter({ current: 'wrong', next: SECOND, again: SECOND });
  await form.change();
  expect(form.problem).toMatchObject({ code: 'wrong-passphrase' });
  expect([form.busy, form.changed, ...fields()]).toEqual([null, false, 'wrong', SECOND, SECOND]);
  await form.turnOff();
  expect(form.problem).toMatchObject({ code: 'wrong-passphrase' });
  expect(await opens(FIRST)).toBe(true);
});
