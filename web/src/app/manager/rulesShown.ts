import { type MarketRules } from '../keys/calls.ts';

/** The rules for deliveries from a time on, as the API has them. */
export interface RulesShown {
  readonly from: string;
  readonly periodMinutes: number;
  readonly listingLeadMinutes: number;
  readonly gateLeadMinutes: number;
  readonly readingDeadlineMinutes: number;
  readonly correctionWindowMinutes: number;
  readonly mechanism: string;
  readonly rationing: 'pro-rata' | 'arrival';
  readonly reverseAuction: 'uniform' | 'as-offered';
  readonly imbalance: 'pooled' | 'utility';
  readonly shortfallPenalty: number;
  readonly localGridFee: number;
  readonly sharingKey: 'dynamic' | 'static' | 'tiered';
  readonly fixedPrice: number | null;
}

export interface TariffShown {
  readonly from: string;
  readonly retail: number;
  readonly feedIn: number;
}

/** What the API has of rules and tariffs: in force, and announced. */
export interface AllRules {
  readonly inForce: RulesShown | null;
  readonly scheduled: readonly RulesShown[];
  readonly tariff: TariffShown | null;
  readonly tariffsAhead: readonly TariffShown[];
}

/** The mechanisms that a community can choose, with the word for each. */
export const mechanisms = {
  'pay-as-clear': 'mechanismPayAsClear',
  'uniform-midpoint': 'mechanismUniformMidpoint',
  'pair-midpoint': 'mechanismPairMidpoint',
  'pay-as-bid': 'mechanismPayAsBid',
  'average-bid-fifo': 'mechanismAverageBidFifo',
  'reverse-auction': 'mechanismReverseAuction',
  'trade-reduction': 'mechanismTradeReduction',
  'nearest-neighbour': 'mechanismNearestNeighbour',
  'surplus-sharing': 'mechanismSurplusSharing',
} as const;

/** The call's rules that say the same from another time on. */
export function rulesFrom(rules: RulesShown, from: string): MarketRules {
  const { rationing, reverseAuction, correctionWindowMinutes, ...same } = rules;
  return { ...same, from, correctionWindowDays: correctionWindowMinutes / 1440, rationsProRata: rationing === 'pro-rata', paysUniform: reverseAuction === 'uniform' };
}
