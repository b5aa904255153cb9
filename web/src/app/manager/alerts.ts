import { dateTime, duration, money, month as monthName, number } from '../kit/format.ts';
import { managerWords } from '../words/managerWords.ts';

/** Something that a manager should look at, as the API tells it. */
export interface Alert {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly values: {
    readonly count?: number | null;
    readonly amount?: number | null;
    readonly seconds?: number | null;
    readonly month?: string | null;
    readonly meters?: readonly { readonly memberNumber: number }[] | null;
    readonly gateway?: string | null;
  };
  readonly at: string;
}

const sentences: Readonly<Record<string, keyof typeof managerWords>> = {
  'unsettled-periods': 'alertUnsettled',
  'projection-lag': 'alertLag',
  'missing-readings': 'alertMissingReadings',
  'stale-meters': 'alertStaleMeters',
  'other-gateway': 'alertOtherGateway',
  'members-in-debt': 'alertDebt',
  'no-invoice-boundary': 'alertNoBoundary',
};

/** The alert as a sentence; one that these pages do not know is shown by its code. */
export function alertSentence(
  { code, values, at }: Alert,
  say: (key: keyof typeof managerWords, values?: Readonly<Record<string, string | number>>) => string,
  nameOf: (member: number) => string,
): string {
  return say(sentences[code] ?? 'alertOther', {
    code,
    at: dateTime(at),
    count: number(values.count),
    amount: money(values.amount),
    duration: duration(values.seconds ?? 0),
    members: [...new Set(values.meters?.map(({ memberNumber }) => nameOf(memberNumber)))].join(', '),
    gateway: values.gateway ?? '',
    month: values.month ? monthName(values.month) : '',
  });
}
