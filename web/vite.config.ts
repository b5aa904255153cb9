import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { madeUpCommunity } from './dev/madeUpCommunity.ts';
import { madeUpOffice } from './dev/madeUpOffice.ts';

const node = 'http://localhost:5080';

export default defineConfig(({ mode }) => ({
  // In this mode the pages talk to a community in memory, and need no node.
  plugins: [svelte(), ...(mode === 'made-up' ? [madeUpOffice(), madeUpCommunity()] : [])],
  define: { 'process.env.NODE_ENV': '"production"' },
  server: {
    proxy: mode === 'made-up' ? {} : Object.fromEntries(['/api', '/transactions', '/validator-changes', '/openapi', '/health'].map((path) => [path, node])),
  },
  build: {
    outDir: '../artifacts/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        // What every page needs comes in one piece: each file more is a way to the node and back before the first chart.
        // What plots share is apart from Chart.svelte, which asks for the library of charts as soon as it is there: Home draws without it.
        manualChunks: (id) => (/\/src\/app\/(kit|words\/shellWords)/.test(id) ? 'kit' : /\/src\/app\/(charts\/(Legend|axes|ticks|firstChart)|energy\/sources)/.test(id) ? 'plots' : undefined),
      },
    },
  },
}));
