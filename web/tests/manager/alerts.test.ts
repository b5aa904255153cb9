import { describe, expect, it } from 'vitest';
import { type Alert, alertSentence } from '../../src/app/manager/alerts.ts';
import { managerWords } from '../../src/app/words/managerWords.ts';

const say = (key: keyof typeof managerWords, values: Readonly<Record<string, string | number>> = {}) =>
  managerWords[key][0].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const named = (alert: Partial<Alert>) => alertSentence({ code: 'other', severity: 'warning', values: {}, at: '2026-11-21T13:00:00Z', ...alert }, say, (member) => `Home ${member}`);

describe('An alert', () => {
  it('names the members of silent meters, each once', () => {
    expect(named({ code: 'stale-meters', values: { count: 3, meters: [{ memberNumber: 2 }, { memberNumber: 2 }, { memberNumber: 7 }] } })).toBe('Silent meters: 3 (Home 2, Home 7).');
  });

  it('names the gateway that a meter should be registered with', () => {
    const sentence = named({ code: 'other-gateway', values: { count: 1, meters: [{ memberNumber: 2 }], gateway: 'cw12' } });
    expect(sentence).toContain('(Home 2)');
    expect(sentence).toContain('register them anew with cw12');
  });
});
