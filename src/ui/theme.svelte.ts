/** Light, dark or as the device says. The choice stays on this device; without storage it lasts as long as the page. */
export const THEMES = ['device', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const KEY = 'plumbline.theme';

export class ThemeChoice {
  theme = $state<Theme>(readStored());

  constructor() {
    this.#show();
  }

  choose(theme: Theme): void {
    this.theme = theme;
    this.#show();
    try {
      if (theme === 'device') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // Storage refused: the choice holds until the page is left, which is all that can be done.
    }
  }

  #show(): void {
    const root = document.documentElement;
    if (this.theme === 'device') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
  }
}

function readStored(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'device';
  } catch {
    return 'device';
  }
}
