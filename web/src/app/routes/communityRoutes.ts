import { type Route } from './route.ts';

/** The pages of managers and of the grid's operator, keys, and the ledger. */
export const communityRoutes: readonly Route[] = [
  { path: '/overview', roles: ['manager', 'auditor'], load: () => import('../manager/OverviewPage.svelte'), entry: { label: 'overview', icon: 'overview', group: 'groupManager' } },
  { path: '/periods', roles: ['manager', 'auditor'], load: () => import('../manager/ClearingPage.svelte'), entry: { label: 'periods', icon: 'periods', group: 'groupManager' } },
  { path: '/settlement', roles: ['manager', 'auditor'], load: () => import('../manager/SettlementPage.svelte'), entry: { label: 'settlement', icon: 'settlement', group: 'groupManager' } },
  { path: '/members', roles: ['manager'], load: () => import('../manager/MembersPage.svelte'), entry: { label: 'members', icon: 'members', group: 'groupManager' } },
  { path: '/members/:tab', roles: ['manager'], load: () => import('../manager/MembersPage.svelte') },
  { path: '/rules', roles: ['manager'], load: () => import('../manager/RulesPage.svelte'), entry: { label: 'rules', icon: 'rules', group: 'groupManager' } },
  { path: '/grid', roles: ['dso', 'manager', 'auditor'], load: () => import('../grid/GridPage.svelte'), entry: { label: 'grid', icon: 'grid', group: 'groupManager' } },
  { path: '/ledger', load: () => import('../explorer/LedgerPage.svelte'), entry: { label: 'ledger', icon: 'ledger', group: 'groupEveryone' } },
  { path: '/ledger/blocks/:height', load: () => import('../explorer/BlockPage.svelte') },
  { path: '/ledger/transactions/:id', load: () => import('../explorer/TransactionPage.svelte') },
  { path: '/ledger/addresses/:address', load: () => import('../explorer/AddressPage.svelte') },
  { path: '/ledger/proof/transaction/:id', load: () => import('../explorer/ProofPage.svelte') },
  { path: '/ledger/proof/event/:height/:index', load: () => import('../explorer/ProofPage.svelte') },
  { path: '/ledger/proof/account/:address', load: () => import('../explorer/ProofPage.svelte') },
  { path: '/keys', roles: ['member', 'manager', 'dso'], load: () => import('../keys/KeysPage.svelte'), entry: { label: 'keys', icon: 'keys', group: 'groupEveryone' } },
];
