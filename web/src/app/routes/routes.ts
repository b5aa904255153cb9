import { communityRoutes } from './communityRoutes.ts';
import { memberRoutes } from './memberRoutes.ts';
import { type Route } from './route.ts';

/** Every page of the app. */
export const routes: readonly Route[] = [...memberRoutes, ...communityRoutes];
