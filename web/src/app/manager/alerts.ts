import { dateTime, energy, money } from '../kit/format.ts';
import { managerWords } from '../words/managerWords.ts';

/** Something that a manager should look at, as the API tells it. */
export interface Alert {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly values: Readonly<Record<string, string | number>>;
  readonly at: string;
}

const sentences: Readonly<Record<string, keyof typeof managerWords>> = {
  'stale-meter': 'alertStaleMeter',
  'never-meter': 'alertNeverMeter',
  curtailed: 'alertCurtailed',
  'low-balance': 'alertLowBalance',
  'market-stopped': 'alertMarketStopped',
  estimated: 'alertEstimated',
};

/** The alert as a sentence; one that these pages do not know is shown by its code. */
export function alertSentence({ code, values }: Alert, say: (key: keyof typeof managerWords, values?: Readonly<Record<string, string | number>>) => string): string {
  const shown = Object.entries(values).map(([name, value]) => [name, shownAs(name, value)]);
  return say(sentences[code] ?? 'alertOther', { code, ...Object.fromEntries(shown) });
}

function shownAs(name: string, value: string | number): string | number {
  if (typeof value === 'string') {
    return name === 'delivery' || name === 'at' ? dateTime(value) : value;
  }
  if (name.endsWith('Wh')) {
    return energy(value);
  }
  return name === 'available' || name === 'balance' ? money(value) : value;
}
