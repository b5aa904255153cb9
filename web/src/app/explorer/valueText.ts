/** What a value of a call or an event is about, by the name of its field, so that it can be shown with its unit. */
export type ShownValue =
  | { readonly as: 'time' | 'address' | 'text'; readonly value: string }
  | { readonly as: 'energy' | 'power' | 'price' | 'money' | 'number' | 'member'; readonly value: number }
  | { readonly as: 'flag'; readonly value: boolean };

const prices: ReadonlySet<string> = new Set(['limitPrice', 'price', 'lowestPrice', 'highestPrice', 'retail', 'feedIn', 'localGridFee', 'shortfallPenalty', 'fixedPrice', 'lowest', 'highest']);
const moneys: ReadonlySet<string> = new Set(['amount', 'balance', 'locked', 'setAside', 'total', 'creditLine', 'paid', 'received', 'minimum']);
const members: ReadonlySet<string> = new Set(['member', 'buyer', 'seller', 'from', 'to']);

/** Finds out what a value is; fields that are not known are shown as they are. */
export function shownValue(name: string, value: unknown): ShownValue {
  if (typeof value === 'boolean') {
    return { as: 'flag', value };
  }
  if (typeof value === 'number') {
    return { as: kindOf(name), value };
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^cw[0-9a-f]{48}$/.test(text)) {
    return { as: 'address', value: text };
  }
  return { as: /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(text) ? 'time' : 'text', value: text };
}

function kindOf(name: string): 'energy' | 'power' | 'price' | 'money' | 'number' | 'member' {
  if (prices.has(name)) {
    return 'price';
  }
  if (moneys.has(name)) {
    return 'money';
  }
  if (members.has(name)) {
    return 'member';
  }
  return /Wh(PerHour)?$/.test(name) ? 'energy' : /(W|power)$/.test(name) ? 'power' : 'number';
}

/** A long hash or id, cut in the middle so that it can be told from others. */
export function shortHash(hash: string): string {
  return hash.length <= 20 ? hash : `${hash.slice(0, 10)}…${hash.slice(-6)}`;
}

/** The name of a field as words: `quantityWh` is `quantity`, `deliveryMs` is `delivery`. */
export function fieldWords(name: string): string {
  const words = name.replace(/(Wh|Ms|W)(?=$|Per)/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.trim();
}
