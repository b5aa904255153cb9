import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Compiles the runes of *.svelte.ts, as in the pages.
  plugins: [svelte()],
  test: {
    include: ['tests/**/*.test.ts'],
    // Properties go through many hashes, one after the other, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
