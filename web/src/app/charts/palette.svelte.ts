import { isDark } from '../kit/theme.svelte.ts';

const names = ['text', 'muted', 'line', 'line-strong', 'surface', 'accent', 'sun', 'sun-line', 'battery', 'battery-line', 'community', 'community-line', 'grid', 'grid-line', 'ev', 'ev-line'] as const;

/** The colours of the style sheet, for what is drawn on a canvas. */
export type Palette = Readonly<Record<(typeof names)[number], string>> & { readonly font: string };

/** The colours as they are now; what is drawn with them is drawn anew when the theme changes. */
export function palette(): Palette {
  isDark();
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...colours, font: getComputedStyle(document.body).fontFamily } as Palette;
}
