import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
const node = `http://localhost:${process.env.NODE_PORT ?? 5071}`;
export default defineConfig({ plugins: [svelte()], define: { 'process.env.NODE_ENV': '"production"' }, cacheDir: '/tmp/vite-cache-wt', server: { port: Number(process.env.PORT ?? 5171), host: 'localhost', hmr: false, watch: { ignored: ['**/node_modules/**'] }, proxy: Object.fromEntries(['/api', '/transactions', '/validator-changes', '/openapi', '/health'].map((p) => [p, { target: node, changeOrigin: true, headers: { origin: node } }])) } });
