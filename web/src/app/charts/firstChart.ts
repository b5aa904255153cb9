let wasMarked = false;

/** Notes when the first drawing of a visit stands there, for those who measure how long it took. */
export function markFirstChart(): void {
  if (!wasMarked) {
    wasMarked = true;
    performance.mark('first-chart');
  }
}
