/** Which model was chosen last. The choice stays on this device; without storage it lasts as long as the page. */
const KEY = 'plumbline.model';

/** Its id, or null where none was chosen. */
export function recallModel(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberModel(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage refused: the choice holds until the page is left, which is all that can be done.
  }
}

export function forgetModel(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was stored either.
  }
}
