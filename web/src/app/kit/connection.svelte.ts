export type Connection = 'connecting' | 'live' | 'lost';

let state = $state<Connection>('connecting');
let justBack = $state(false);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether live numbers arrive. */
export const connection = (): Connection => state;

/** For some seconds after a lost connection is back, so that pages can say so. */
export const isJustBack = (): boolean => justBack;

export function setConnection(to: Connection): void {
  if (to === 'live' && state === 'lost') {
    justBack = true;
    clearTimeout(timer);
    timer = setTimeout(() => (justBack = false), 4_000);
  }
  state = to;
}
