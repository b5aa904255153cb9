import { type Community } from './types.ts';

let known = $state.raw<Community>();

/** What is the same for everyone in the community; undefined until the node has said it. */
export const community = (): Community | undefined => known;

export function setCommunity(to: Community): void {
  known = to;
}

/** The time zone that days begin and end in, and that times are written in. */
export const timeZone = (): string => known?.timeZone ?? 'UTC';

/** The code of the currency, such as EUR. */
export const currency = (): string => known?.currency ?? 'EUR';
