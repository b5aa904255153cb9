export type Language = 'en' | 'pt' | 'de';
const places: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, pt: 1, de: 2 };
let current = $state<Language>('en');
export const language = (): Language => current;
export function setLanguage(to: Language): void { current = to; }

export type Words = Readonly<Record<string, readonly [string, string, string]>>;

/** Says things of a table in the reader's language; `{name}` stands for a value. */
export function sayFrom<W extends Words>(words: W): (key: keyof W & string, values?: Readonly<Record<string, string | number>>) => string {
  return (key, values = {}) => words[key]![places[language()]].replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}
