import type { Component } from 'svelte';
import { type IconName } from '../kit/icons.ts';
import { type Role } from '../kit/types.ts';
import { type shellWords } from '../words/shellWords.ts';

/** A page: where it is, who may see it, and what loads it. */
export interface Route {
  /** Such as `/invoices/:id`; what `:id` stands for becomes a property of the page. */
  readonly path: string;
  /** Who may see it; left out, everyone. */
  readonly roles?: readonly Role[];
  /** Shows what is a member's own: until he is on the ledger, there is nothing of his, and he is told what to do instead. */
  readonly needsMembership?: boolean;
  /** Loaded when it is first shown. */
  readonly load: () => Promise<{ readonly default: Component<any> }>;
  /** Its place in the navigation, if it has one. */
  readonly entry?: NavigationEntry;
  /** Without the navigation round it: sign-in. */
  readonly isBare?: boolean;
}

export interface NavigationEntry {
  readonly label: keyof typeof shellWords;
  readonly icon: IconName;
  readonly group: 'groupMember' | 'groupManager' | 'groupEveryone';
}

/** What an address says to a page. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The page of a path, if there is one. */
export function matchOf(routes: readonly Route[], path: string): Match | undefined {
  for (const route of routes) {
    const parameters = parametersOf(route.path, path);
    if (parameters !== undefined) {
      return { route, parameters };
    }
  }
  return undefined;
}

function parametersOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.replace(/\/+$/, '').split('/')];
  if (path === '/' || pattern === '/') {
    return path === pattern ? {} : undefined;
  }
  if (wanted.length !== given.length) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    if (part.startsWith(':') && given[place] !== '') {
      parameters[part.slice(1)] = decoded(given[place]!);
    } else if (part !== given[place]) {
      return undefined;
    }
  }
  return parameters;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
