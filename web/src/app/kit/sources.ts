/** Where energy comes from or goes to; each has one colour on every page, `--sun` and so on. */
export type Source = 'sun' | 'battery' | 'community' | 'grid' | 'ev';

export const sources: readonly Source[] = ['sun', 'battery', 'community', 'grid', 'ev'];
