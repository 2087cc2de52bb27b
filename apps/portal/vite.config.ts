import { defineConfig } from 'vite'

/** Where `npm run dev` finds the API: a gateway, for example that of `npm run demo -- --keep`. */
const gateway = process.env['DR_GATEWAY_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  // Relative, so that the page works below any path.
  base: './',
  resolve: { conditions: ['development', 'browser', 'module', 'import', 'default'] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist/site',
    target: 'es2022',
    // One script and one style sheet, the worker inside: once loaded, the page makes no request but for data.
    rolldownOptions: { output: { codeSplitting: false } },
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: { proxy: { '/api': gateway, '/v1': gateway } },
})
