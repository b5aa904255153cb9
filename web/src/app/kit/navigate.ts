import { currentPath, currentQuery, followAddress } from './location.svelte.ts';

/** Shows another page of this app. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) {
    history.replaceState(null, '', to);
  } else {
    history.pushState(null, '', to);
  }
  followAddress();
}

/** Changes what stands behind the question mark; a value of null takes it away. The entry in the history is the same page's. */
export function setQuery(values: Readonly<Record<string, string | null>>, { replace = true }: { replace?: boolean } = {}): void {
  const query = currentQuery();
  for (const [name, value] of Object.entries(values)) {
    if (value === null) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  navigate(`${currentPath()}${text === '' ? '' : `?${text}`}`, { replace });
}

/** Makes clicks on links of this app change the page without loading it anew; returns how to stop. */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a');
    if (link !== null && link !== undefined && isOurs(link, event)) {
      event.preventDefault();
      navigate(`${link.pathname}${link.search}${link.hash}`);
    }
  };
  addEventListener('click', onClick);
  addEventListener('popstate', followAddress);
  return () => {
    removeEventListener('click', onClick);
    removeEventListener('popstate', followAddress);
  };
}

const notPages = ['/api/', '/openapi/', '/health/', '/transactions'];

function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const isPlain = event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const isElsewhere = link.origin !== location.origin || link.target !== '' || link.hasAttribute('download') || notPages.some((start) => link.pathname.startsWith(start));
  const isAnchor = link.hash !== '' && link.pathname === location.pathname && link.search === location.search;
  return isPlain && !isElsewhere && !isAnchor;
}
