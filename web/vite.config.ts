import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Everything is a file of its own (assetsInlineLimit 0), so that the console works under `default-src 'self'`. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8443' } },
})
