import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { languages, sayFrom, setLanguage, type Words } from '../../src/app/kit/words.svelte.ts';

const folder = new URL('../../src/app/words/', import.meta.url);
const tables = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const [words] = Object.values((await import(new URL(file, folder).href)) as Record<string, Words>);
    return [file, words!] as const;
  }),
);
const namesIn = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('What the pages say', () => {
  afterEach(() => setLanguage('en'));

  it.each(tables)('is there in every language: %s', (_, words) => {
    for (const [key, sentences] of Object.entries(words)) {
      expect(sentences, key).toHaveLength(languages.length);
      sentences.forEach((sentence) => expect(sentence.trim(), key).not.toBe(''));
    }
  });

  it.each(tables)('has the same values in every language: %s', (_, words) => {
    for (const [key, [first, ...others]] of Object.entries(words)) {
      others.forEach((other) => expect(namesIn(other), key).toEqual(namesIn(first)));
    }
  });

  it('follows the reader’s language', () => {
    const say = sayFrom({ hello: ['Hello, {name}', 'Olá, {name}', 'Guten Tag, {name}'] });
    expect(say('hello', { name: 'Ana' })).toBe('Hello, Ana');
    setLanguage('pt');
    expect(say('hello', { name: 'Ana' })).toBe('Olá, Ana');
    setLanguage('de');
    expect(say('hello')).toBe('Guten Tag, {name}');
  });
});
