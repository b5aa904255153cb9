import { managerWords } from '../words/managerWords.ts';

const names: Readonly<Record<string, keyof typeof managerWords>> = { pv: 'assetPv', wind: 'assetWind', battery: 'assetBattery', chp: 'assetChp', other: 'assetOther' };

/** The kinds of devices that the registry takes. */
export const assetKinds: readonly string[] = Object.keys(names);

export function assetName(kind: string, say: (key: keyof typeof managerWords) => string): string {
  return say(names[kind] ?? 'assetOther');
}
