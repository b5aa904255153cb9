let nowMs = $state(Date.now());
export const communityNow = (): number => nowMs;
export function setNow(ms: number): void { nowMs = ms; }
