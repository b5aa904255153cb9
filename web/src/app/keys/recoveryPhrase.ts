import { type Bytes, copyOf, toUnsigned, unsigned, utf8 } from '../../ledger/bytes.ts';
import { order } from '../../ledger/curve.ts';
import { cryptography } from '../../ledger/hash.ts';
import { MemberKey } from './memberKey.ts';

/** How many words a phrase has: 128 bits, as many as P-256 is worth, and a checksum of four. */
export const phraseLength = 12;

// What a phrase becomes is for good: with another salt or another word here, people would not get back to their addresses.
const salt = utf8('commonwatt/recovery/1');
const purpose = utf8('p256');
const drawnBits = 384;

/** A new phrase: 12 words of the English list of BIP-39, with one blank between them. */
export async function newPhrase(): Promise<string> {
  const { generateMnemonic, wordlist } = await bip39();
  return generateMnemonic(wordlist);
}

/** What is wrong with a phrase that somebody typed: words that are on no list, by their place from 0, or the whole. */
export type PhraseFault = { readonly kind: 'length'; readonly words: number } | { readonly kind: 'unknown-words'; readonly places: readonly number[] } | { readonly kind: 'checksum' };

/** Looks at a phrase as it was typed, in whatever case and with whatever blanks. */
export async function checkPhrase(typed: string): Promise<PhraseFault | undefined> {
  const { validateMnemonic, wordlist } = await bip39();
  const words = wordsOf(typed);
  if (words.length !== phraseLength) {
    return { kind: 'length', words: words.length };
  }
  const places = words.flatMap((word, place) => (wordlist.includes(word) ? [] : [place]));
  if (places.length > 0) {
    return { kind: 'unknown-words', places };
  }
  return validateMnemonic(words.join(' '), wordlist) ? undefined : { kind: 'checksum' };
}

/** The words that start like this, for help while somebody types. */
export async function wordsStarting(start: string): Promise<readonly string[]> {
  const { wordlist } = await bip39();
  return wordlist.filter((word) => word.startsWith(start.toLowerCase()));
}

/**
 * The key that a phrase stands for: the seed of BIP-39 without a password, HKDF-SHA-256 to 384 bits, and of these the remainder by
 * the order less one, plus one (FIPS 186-5, A.2.1: with 128 bits more than needed no key is likelier than another).
 */
export async function keyFromPhrase(typed: string): Promise<MemberKey> {
  if ((await checkPhrase(typed)) !== undefined) {
    throw new RangeError('The phrase is none: check it first.');
  }
  const { mnemonicToSeed } = await bip39();
  const seed = copyOf(await mnemonicToSeed(wordsOf(typed).join(' ')));
  const drawn = await expand(seed);
  const scalar = unsigned((toUnsigned(drawn) % (order - 1n)) + 1n, 32);
  return MemberKey.fromScalar(scalar, await pointOf(scalar));
}

/** Places of a phrase that a person is asked for, to see that he wrote it down: different ones, ascending, drawn anew each time. */
export function drawnPlaces(count: number): readonly number[] {
  const places = new Set<number>();
  while (places.size < count) {
    places.add(crypto.getRandomValues(new Uint8Array(1))[0]! % phraseLength);
  }
  return [...places].sort((a, b) => a - b);
}

/** The words of a phrase, however it was typed. */
export function wordsOf(typed: string): readonly string[] {
  return typed.normalize('NFKD').toLowerCase().split(/\s+/).filter((word) => word !== '');
}

async function expand(seed: Bytes): Promise<Bytes> {
  const material = await cryptography().importKey('raw', seed, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await cryptography().deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: purpose }, material, drawnBits));
}

async function pointOf(scalar: Bytes): Promise<Bytes> {
  const { p256 } = await import('@noble/curves/nist.js');
  return copyOf(p256.getPublicKey(scalar, false));
}

// The list of words and the curve are of use to few pages: they are loaded when somebody asks for a phrase.
async function bip39() {
  const [methods, { wordlist }] = await Promise.all([import('@scure/bip39'), import('@scure/bip39/wordlists/english.js')]);
  return { ...methods, wordlist };
}
