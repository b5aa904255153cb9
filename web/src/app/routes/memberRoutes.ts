import { type Route } from './route.ts';

/** The pages of a member, and of signing in. */
export const memberRoutes: readonly Route[] = [
  { path: '/', roles: ['member'], needsMembership: true, load: () => import('../home/HomePage.svelte'), entry: { label: 'home', icon: 'home', group: 'groupMember' } },
  { path: '/energy', roles: ['member'], needsMembership: true, load: () => import('../energy/EnergyPage.svelte'), entry: { label: 'energy', icon: 'energy', group: 'groupMember' } },
  { path: '/market', roles: ['member'], needsMembership: true, load: () => import('../market/MarketPage.svelte'), entry: { label: 'market', icon: 'market', group: 'groupMember' } },
  { path: '/wallet', roles: ['member'], needsMembership: true, load: () => import('../wallet/WalletPage.svelte'), entry: { label: 'wallet', icon: 'wallet', group: 'groupMember' } },
  { path: '/invoices/:id', roles: ['member', 'manager'], load: () => import('../wallet/InvoicePage.svelte') },
  { path: '/account', roles: ['member', 'manager', 'dso', 'auditor'], load: () => import('../account/AccountPage.svelte') },
  { path: '/sign-in', load: () => import('../signin/SignInPage.svelte'), isBare: true },
  { path: '/invite/:token', load: () => import('../signin/InvitationPage.svelte'), isBare: true },
];
