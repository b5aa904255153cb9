import { type Role } from '../kit/types.ts';
import { type NavigationEntry, type Route } from './route.ts';

/** Whether a page is for somebody with these roles. */
export function visibleTo({ roles }: Route, own: readonly Role[]): boolean {
  return roles === undefined || roles.some((role) => own.includes(role));
}

export interface NavigationGroup {
  readonly name: NavigationEntry['group'];
  readonly entries: readonly (NavigationEntry & { readonly path: string })[];
}

/** What the navigation offers somebody with these roles. */
export function navigationOf(routes: readonly Route[], own: readonly Role[]): readonly NavigationGroup[] {
  const entries = routes.filter((route) => route.entry !== undefined && visibleTo(route, own)).map(({ path, entry }) => ({ path, ...entry! }));
  const groups = (['groupMember', 'groupManager', 'groupEveryone'] as const).map((name) => ({ name, entries: entries.filter(({ group }) => group === name) }));
  return groups.filter((group) => group.entries.length > 0);
}

/** Where somebody begins: the first page that is for him. */
export function startOf(routes: readonly Route[], own: readonly Role[]): string {
  return navigationOf(routes, own)[0]?.entries[0]?.path ?? '/account';
}

/** Whether a path is a page, or one below it. */
export function isAt(path: string, page: string): boolean {
  return path === page || (page !== '/' && path.startsWith(`${page}/`));
}
