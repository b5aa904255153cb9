import { type Route } from './route.ts';

/** The pages of managers and of the grid's operator, keys, and the ledger. */
export const communityRoutes: readonly Route[] = [];
