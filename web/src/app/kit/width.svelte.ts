const phone = globalThis.matchMedia?.('(max-width: 600px)');
let narrow = $state(phone?.matches ?? false);
phone?.addEventListener('change', ({ matches }) => (narrow = matches));

/** Whether the window is as narrow as a phone. */
export const isNarrow = (): boolean => narrow;
