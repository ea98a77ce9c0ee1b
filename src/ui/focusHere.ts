/** An attachment: what has just come onto the page takes the focus, so that keys and screen readers go on from there. */
export function focusHere(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}
