/** The content policy of the built page, tried with what it must stop. (Not with the flows' `test`: this one asks elsewhere.) */
import { expect, test } from '@playwright/test';

test('the policy stops what would leave the device, and any script that is not a file of ours', async ({ page, baseURL }) => {
  await page.goto('/');
  const elsewhere = new URL('/favicon.svg', baseURL);
  // The same server under another name is another origin.
  elsewhere.hostname = '127.0.0.1';
  const stopped = await page.evaluate(async (address) => {
    // A set: the header and the page's own copy of the policy both object.
    const violations = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.add(effectiveDirective));
    await fetch(address).catch(() => undefined);
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    document.head.append(script);
    const image = new Image();
    image.src = address;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { violations: [...violations].sort(), title: document.title };
  }, elsewhere.href);
  expect(stopped.violations).toEqual(['connect-src', 'img-src', 'script-src-elem']);
  expect(stopped.title).not.toBe('ran');
});
