import { type Plugin } from 'vite';

/** Answers the pages' requests with a community in memory. */
export function madeUpCommunity(): Plugin {
  return { name: 'made-up-community' };
}
