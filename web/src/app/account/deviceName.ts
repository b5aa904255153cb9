const browsers: readonly (readonly [RegExp, string])[] = [
  // Each of these says that it is the next ones, too.
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const longest = 60;

/**
 * What a browser says of itself, as people call it: Chrome on Linux. What is not known stands as it is, cut where it is long.
 *
 * @param on Puts a browser and a system together, in the reader's language.
 */
export function deviceName(userAgent: string, on: (browser: string, system: string) => string): string {
  const nameIn = (names: typeof browsers): string | undefined => names.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [nameIn(browsers), nameIn(systems)];
  if (browser !== undefined && system !== undefined) {
    return on(browser, system);
  }
  return userAgent.length <= longest ? userAgent : `${userAgent.slice(0, longest - 1)}…`;
}
