export type Language = 'en' | 'pt' | 'de';

export const languages: readonly { readonly code: Language; readonly name: string; readonly locale: string }[] = [
  { code: 'en', name: 'English', locale: 'en-GB' },
  { code: 'pt', name: 'Português', locale: 'pt-PT' },
  { code: 'de', name: 'Deutsch', locale: 'de-DE' },
];

const places: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, pt: 1, de: 2 };
const kept = 'commonwatt.language';
let current = $state<Language>(firstLanguage());

/** The reader's language. */
export const language = (): Language => current;

/** The reader's language as Intl wants it, with a country: it decides how numbers and dates are written. */
export const locale = (): string => languages[places[current]]!.locale;

/** Whether the reader chose a language in this browser: that goes before what his account says. */
export const hasChosenLanguage = (): boolean => isLanguage(globalThis.localStorage?.getItem(kept));

/** Takes on a language that the reader chose. */
export function chooseLanguage(to: Language): void {
  globalThis.localStorage?.setItem(kept, to);
  setLanguage(to);
}

/** Speaks a language from now on. */
export function setLanguage(to: Language): void {
  current = to;
  if (typeof document !== 'undefined') {
    document.documentElement.lang = to;
  }
}

/** Whether these pages speak it. */
export function isLanguage(code: string | null | undefined): code is Language {
  return code !== null && code !== undefined && Object.hasOwn(places, code);
}

/** Sentences in English, Portuguese and German, in this order; `{name}` stands for a value. */
export type Words = Readonly<Record<string, readonly [string, string, string]>>;

export type Values = Readonly<Record<string, string | number>>;

/** Says things of a table in the reader's language. */
export function sayFrom<W extends Words>(words: W): (key: keyof W & string, values?: Values) => string {
  return (key, values = {}) => filled(words[key]![places[current]], values);
}

function filled(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

function firstLanguage(): Language {
  const wanted = [globalThis.localStorage?.getItem(kept), ...(globalThis.navigator?.languages ?? [])];
  for (const one of wanted) {
    const code = one?.slice(0, 2).toLowerCase();
    if (isLanguage(code)) {
      return code;
    }
  }
  return 'en';
}
