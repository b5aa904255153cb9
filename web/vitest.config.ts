import { compileModule } from 'svelte/compiler';
import { defineConfig, type Plugin } from 'vitest/config';

// Compiles the runes of *.svelte.ts as browsers get them: for servers, as tests would get them, effects do nothing.
const runes: Plugin = {
  name: 'runes',
  transform: (code, id) => {
    const [path] = id.split('?', 1);
    return /\.svelte(\.test)?\.ts$/.test(path!) ? { code: compileModule(code, { filename: path!, generate: 'client' }).js.code } : undefined;
  },
};

export default defineConfig({
  plugins: [runes],
  resolve: { conditions: ['browser'] },
  ssr: { resolve: { conditions: ['browser'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    server: { deps: { inline: ['svelte'] } },
    // Properties go through many hashes, one after the other, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
