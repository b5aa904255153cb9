import { describe, expect, it } from 'vitest';
import { firstSteps } from '../../src/app/manager/firstSteps.ts';
import { invoiceEnds } from '../../src/app/manager/invoiceEnds.ts';
import { sayFrom } from '../../src/app/kit/words.svelte.ts';
import { managerWords } from '../../src/app/words/managerWords.ts';

describe('The first steps of a manager', () => {
  const fresh = { hasKey: false, hasTariff: true, invitations: 0, waiting: 0, members: 0, meters: 0 };
  const done = (how: typeof fresh) => firstSteps(how, sayFrom(managerWords)).map(({ isDone }) => isDone);

  it('are done as far as the API tells', () => {
    expect(done(fresh)).toEqual([false, true, false, false, false]);
    expect(done({ ...fresh, hasKey: true, invitations: 1 })).toEqual([true, true, true, false, false]);
    expect(done({ ...fresh, hasKey: true, waiting: 1, members: 2, meters: 1 })).toEqual([true, true, true, false, false]);
    expect(done({ ...fresh, hasKey: true, members: 2, meters: 2 })).toEqual([true, true, true, true, true]);
  });
});

describe('The ends of invoices', () => {
  it('are where months begin in the community’s time', () => {
    expect(invoiceEnds(Date.parse('2026-11-21T12:00:00Z'), 'Europe/Berlin', 3).map((at) => new Date(at).toISOString())).toEqual(['2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z', '2027-01-31T23:00:00.000Z']);
  });
});
