import { describe, expect, it } from 'vitest';
import { matchOf, type Route } from '../../src/app/routes/route.ts';
import { isAt, navigationOf, startOf } from '../../src/app/routes/visible.ts';

const load = () => Promise.reject(new Error('not loaded in tests'));
const routes: readonly Route[] = [
  { path: '/', roles: ['member'], load, entry: { label: 'home', icon: 'home', group: 'groupMember' } },
  { path: '/overview', roles: ['manager', 'auditor'], load, entry: { label: 'overview', icon: 'overview', group: 'groupManager' } },
  { path: '/invoices/:id', roles: ['member'], load },
  { path: '/ledger', load, entry: { label: 'ledger', icon: 'ledger', group: 'groupEveryone' } },
];

describe('Routes', () => {
  it('find a page by its path and read what stands in it', () => {
    expect(matchOf(routes, '/')?.route.path).toBe('/');
    expect(matchOf(routes, '/ledger/')?.route.path).toBe('/ledger');
    expect(matchOf(routes, '/invoices/7-2026%2D10')?.parameters).toEqual({ id: '7-2026-10' });
    expect(matchOf(routes, '/invoices/%E0%A4%A')?.parameters).toEqual({ id: '%E0%A4%A' });
    expect(matchOf(routes, '/invoices')).toBeUndefined();
    expect(matchOf(routes, '/invoices/1/2')).toBeUndefined();
  });

  it('are offered to the roles they are for', () => {
    const offered = (...roles: Parameters<typeof navigationOf>[1]) => navigationOf(routes, roles).flatMap(({ entries }) => entries.map(({ path }) => path));
    expect(offered()).toEqual(['/ledger']);
    expect(offered('member')).toEqual(['/', '/ledger']);
    expect(offered('auditor')).toEqual(['/overview', '/ledger']);
    expect(offered('member', 'manager')).toEqual(['/', '/overview', '/ledger']);
  });

  it('begin where somebody has something to see', () => {
    expect(startOf(routes, ['manager'])).toBe('/overview');
    expect(startOf(routes, ['dso'])).toBe('/ledger');
  });

  it('mark the page that one is on, and the one above it', () => {
    expect(isAt('/ledger/blocks/3', '/ledger')).toBe(true);
    expect(isAt('/ledgers', '/ledger')).toBe(false);
    expect(isAt('/ledger', '/')).toBe(false);
  });
});
