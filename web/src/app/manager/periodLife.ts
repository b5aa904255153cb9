/** What the API says of where a period is in its life. */
export type Phase = 'open' | 'gate' | 'cleared' | 'delivering' | 'awaiting-readings' | 'settled' | 'corrected';

/** When a period does what; null where it has not happened and nobody can say when it will. */
export interface PeriodTimes {
  readonly opened: string | null;
  readonly gate: string | null;
  readonly cleared: string | null;
  readonly deliveryStart: string | null;
  readonly deliveryEnd: string | null;
  readonly deadline: string | null;
  readonly settled: string | null;
}

/** A station on the way of a period. */
export interface Station {
  readonly name: 'open' | 'gate' | 'cleared' | 'delivered' | 'settled';
  readonly at: string | null;
  readonly state: 'done' | 'now' | 'ahead';
}

const reached: Readonly<Record<Phase, number>> = { open: 0, gate: 1, cleared: 2, delivering: 3, 'awaiting-readings': 3, settled: 4, corrected: 4 };

/** The stations of a period, with where it is now. */
export function stationsOf(phase: Phase, times: PeriodTimes): readonly Station[] {
  const at = reached[phase];
  const isOver = phase === 'settled' || phase === 'corrected';
  const stations: readonly (readonly [Station['name'], string | null])[] = [
    ['open', times.opened],
    ['gate', times.gate],
    ['cleared', times.cleared],
    ['delivered', times.deliveryEnd],
    ['settled', times.settled ?? times.deadline],
  ];
  return stations.map(([name, time], place) => ({ name, at: time, state: stateAt(place, at, isOver, phase) }));
}

function stateAt(place: number, at: number, isOver: boolean, phase: Phase): Station['state'] {
  if (place < at || isOver || (phase === 'awaiting-readings' && place === at)) {
    return 'done';
  }
  // What is delivered and waits for readings is on its way to be settled.
  return place === at || (phase === 'awaiting-readings' && place === at + 1) ? 'now' : 'ahead';
}
