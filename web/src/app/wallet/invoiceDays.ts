import { type Day, dayAt } from '../kit/calendar.ts';
import { type InvoiceLine } from '../kit/types.ts';

/** What the lines of a day come to, by kind; received is above zero, paid below. */
export interface InvoiceDay {
  readonly day: Day;
  readonly amounts: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The lines of an invoice and its corrections, each once: corrections may stand among the lines as well. */
export function allLines({ lines, corrections }: { readonly lines: readonly InvoiceLine[]; readonly corrections: readonly InvoiceLine[] }): readonly InvoiceLine[] {
  const known = new Set(lines.map((line) => JSON.stringify(line)));
  return [...lines, ...corrections.filter((line) => !known.has(JSON.stringify(line)))];
}

/** The lines summed by day, in the community's days, and all of them together. */
export function daysOf(lines: readonly InvoiceLine[], zone: string): { readonly days: readonly InvoiceDay[]; readonly kinds: readonly string[]; readonly sum: Omit<InvoiceDay, 'day'> } {
  const byDay = grouped(lines, zone);
  const days = [...byDay].sort(([a], [b]) => a.localeCompare(b)).map(([day, own]) => ({ day, ...sumOf(own) }));
  const sum = sumOf(lines);
  // What came to nothing all month needs no column.
  return { days, kinds: [...sum.amounts].filter(([kind]) => days.some(({ amounts }) => (amounts.get(kind) ?? 0) !== 0)).map(([kind]) => kind), sum };
}

// What is paid by energy that another line has already: its kWh, summed with the others, would count it twice.
const onTop: ReadonlySet<string> = new Set(['penalty', 'grid-fee']);

/** Whether the kWh of a line are energy that changed hands. */
export const isEnergy = (kind: string): boolean => !onTop.has(kind);

/** Whether a line says nothing: a fee or a penalty that came to nothing. Energy that was free of charge says something. */
export const saysNothing = ({ kind, amount }: Pick<InvoiceLine, 'kind' | 'amount'>): boolean => amount === 0 && onTop.has(kind);

function sumOf(lines: readonly InvoiceLine[]): Omit<InvoiceDay, 'day'> {
  const amounts = new Map<string, number>();
  for (const { kind, amount } of lines) {
    amounts.set(kind, (amounts.get(kind) ?? 0) + amount);
  }
  return { amounts, total: lines.reduce((sum, { amount }) => sum + amount, 0) };
}

function grouped(lines: readonly InvoiceLine[], zone: string): Map<Day, InvoiceLine[]> {
  const byDay = new Map<Day, InvoiceLine[]>();
  for (const line of lines) {
    const day = dayAt(Date.parse(line.delivery), zone);
    const own = byDay.get(day);
    if (own === undefined) {
      byDay.set(day, [line]);
    } else {
      own.push(line);
    }
  }
  return byDay;
}
