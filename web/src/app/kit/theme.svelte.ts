export type Theme = 'system' | 'light' | 'dark';

const kept = 'commonwatt.theme';
const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
let chosen = $state<Theme>(keptTheme());
let systemIsDark = $state(dark?.matches ?? false);
dark?.addEventListener('change', ({ matches }) => (systemIsDark = matches));

/** What the reader chose. */
export const theme = (): Theme => chosen;

/** Whether pages are dark now. */
export const isDark = (): boolean => chosen === 'dark' || (chosen === 'system' && systemIsDark);

export function setTheme(to: Theme): void {
  if (to === 'system') {
    localStorage.removeItem(kept);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(kept, to);
    document.documentElement.dataset['theme'] = to;
  }
  chosen = to;
}

function keptTheme(): Theme {
  const was = globalThis.localStorage?.getItem(kept);
  return was === 'light' || was === 'dark' ? was : 'system';
}
