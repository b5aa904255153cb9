import { dateTime, power, price } from '../kit/format.ts';
import { type Home } from '../kit/types.ts';
import { sayFrom } from '../kit/words.svelte.ts';
import { homeWords } from '../words/homeWords.ts';

/**
 * What is happening at home and why, in the reader's language.
 *
 * @param nextDelivery When the market delivers next, where it does not just now and that is known.
 */
export function sentenceOf({ code, values }: Home['sentence'], nextDelivery?: string): string {
  const say = sayFrom(homeWords);
  const neighbours = values.neighbours === 1 ? say('oneNeighbour') : say('neighbours', { count: values.neighbours ?? 0 });
  const said = { power: power(values.powerW), price: price(values.price), neighbours };
  const rest = (key: 'sellingMore' | 'buyingMore') => ((values.gridW ?? 0) >= 30 ? ` ${say(key, { power: power(values.gridW) })}` : '');
  switch (code) {
    case 'selling':
      return say('selling', said) + rest('sellingMore');
    case 'buying':
      return say('buying', said) + rest('buyingMore');
    case 'self-sufficient':
      return say('selfSufficient');
    case 'importing-grid':
      return say('importingGrid', said);
    case 'exporting-grid':
      return say('exportingGrid', said);
    case 'market-stopped':
      return nextDelivery === undefined ? say('marketStopped') : say('marketBegins', { start: dateTime(nextDelivery) });
    default:
      // A meter that was never heard is not late: it may not be registered yet.
      return values.at ? say('noReadings') : `${say('noReadingsYet')}${nextDelivery === undefined ? '' : ` ${say('marketBegins', { start: dateTime(nextDelivery) })}`}`;
  }
}
