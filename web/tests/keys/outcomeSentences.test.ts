import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../src/app/keys/outcomeSentences.ts';

describe('Outcomes', () => {
  it('are told in the reader’s language', () => {
    const outcome = { kind: 'refused', id: 'aa', height: 5, code: 'gate-closed', sentence: 'The gate closed.' } as const;
    expect(sentenceOf(outcome, 'en')).toBe('It was not done, and nothing changed. The gate for this delivery has closed: choose a later one.');
    expect(sentenceOf(outcome, 'pt')).toContain('O prazo para esta entrega terminou');
    expect(sentenceOf(outcome, 'de')).toContain('Handelsschluss');
  });

  it('of a kind that nobody translated are told in the ledger’s own words', () => {
    const outcome = { kind: 'refused', id: 'aa', height: 5, code: 'wrong-label', sentence: 'An order’s label is 1 to 16, not 17.' } as const;
    expect(sentenceOf(outcome, 'de')).toContain('An order’s label is 1 to 16, not 17.');
  });

  it('that may still change say so', () => {
    expect(sentenceOf({ kind: 'waiting', id: 'aa', expiresAtMs: 0 }, 'en')).toContain('may still happen');
    expect(sentenceOf({ kind: 'done', id: 'aa', height: 12 }, 'de')).toContain('Block 12');
  });
});
