import { defineConfig } from "vitest/config";

// Django serves what is built here under /static/ and reads the manifest ({% vite %}).
export default defineConfig({
  base: "/static/",
  publicDir: "public",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    cssTarget: ["chrome107", "safari15.4", "firefox104"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { main: "src/main.ts" } },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
