// The address of the page, as something that components can depend on.
const start = typeof location === 'undefined' ? { pathname: '/', search: '' } : location;
let path = $state(start.pathname);
let search = $state(start.search);
let moves = $state(0);

/** The path of the address, such as /market. */
export const currentPath = (): string => path;

/** What stands behind the question mark. */
export const currentQuery = (): URLSearchParams => new URLSearchParams(search);

/** Counts the changes of page, for what must happen at each: the focus, the top of the page. */
export const pageChanges = (): number => moves;

/** Takes over what the browser's address says now. */
export function followAddress(): void {
  if (location.pathname !== path) {
    moves++;
  }
  path = location.pathname;
  search = location.search;
}
