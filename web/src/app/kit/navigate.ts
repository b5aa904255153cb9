export function navigate(to: string): void { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }
