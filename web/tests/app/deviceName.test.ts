import { describe, expect, it } from 'vitest';
import { deviceName } from '../../src/app/account/deviceName.ts';

const named = (text: string) => deviceName(text, (browser, system) => `${browser} on ${system}`);

describe('A device', () => {
  it('is called as people call it', () => {
    const names = [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    ].map(named);
    expect(names).toEqual(['Chrome on Linux', 'Edge on Windows', 'Safari on iPhone', 'Firefox on Android', 'Safari on Mac']);
  });

  it('that is not known says what it says, shortened', () => {
    expect(named('curl/8.5.0')).toBe('curl/8.5.0');
    expect(named('Firefox on Linux')).toBe('Firefox on Linux');
    expect(named('x'.repeat(200))).toBe(`${'x'.repeat(59)}…`);
  });
});
