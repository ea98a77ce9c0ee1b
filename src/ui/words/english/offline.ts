/** Whether the app works without a connection, and what becomes of an update. */
export const offline = {
  label: 'Without a connection',
  preparing: 'Getting ready to work offline…',
  ready: 'Ready to work offline',
  unsupported: 'Needs a connection: this browser can’t work offline',
  failed: 'Can’t work offline yet',
  retry: 'Try again',
  update: 'An update is ready',
  updateLater: 'An update is ready, for when the session is over',
  updateNow: 'Update now',
  updateSays: 'The page is loaded again. What is kept on this device stays.',
  /** In megabytes, both with one decimal, so that the line doesn't jump. */
  progress: (done: number, total: number) => `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)}\u00a0MB`,
  otherTabs: (count: number) =>
    count === 1
      ? 'Plumbline is open in another tab too. Finish there and close it, then update here.'
      : `Plumbline is open in ${count} other tabs too. Finish there and close them, then update here.`,
};
