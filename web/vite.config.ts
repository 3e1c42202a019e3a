import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const API = 'http://127.0.0.1:4180'
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('.'),
  plugins: [vue()],
  resolve: { alias: { '@contract': path('../server/contract.ts') } },
  define: {
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'chrome93',
    outDir: 'dist',
    emptyOutDir: true,
    // the map engine alone is over the usual warning
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // of the server's contract only the words are wanted: schemas that nobody asks for stay out of the page
      treeshake: { moduleSideEffects: (id: string) => !/[/\\](server|typebox)[/\\]/.test(id) },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/tiles', '/basemap', '/docs'].map((prefix) => [prefix, { target: API }]),
    ),
  },
})
