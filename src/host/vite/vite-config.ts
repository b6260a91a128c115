// The part of Vite's configuration that development and build share.
import { type InlineConfig, mergeConfig } from 'vite'
import { appTsconfig } from './framework.ts'
import { type Layer9Options, layer9 } from './plugin.ts'

/**
 * Vite's configuration for an app: what the app asks for beneath, what Layer9 needs above.
 *
 * Vite reads no configuration file of its own (`configFile: false`): there is one place to configure an app.
 */
export function viteConfig(options: Layer9Options, own: InlineConfig): InlineConfig {
  const { root, config } = options
  const base: InlineConfig = {
    root,
    base: config.base,
    configFile: false,
    appType: 'custom',
    publicDir: `${root}/public`,
    cacheDir: `${root}/.layer9/cache/vite`,
    clearScreen: false,
    logLevel: 'warn',
    tsconfig: appTsconfig,
    // The compiler has already turned every JSX element into calls; TypeScript's syntax is all that is left to strip.
    oxc: { jsx: { runtime: 'automatic', importSource: 'layer9' } },
    // Doors are plain modules: looking for dependencies to bundle costs most of a cold start and finds nothing here.
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: layer9(options),
    // A worker is bundled on its own: without the same plugins it would hold api modules in place of their stubs.
    worker: { format: 'es', plugins: () => layer9(options) },
  }
  return mergeConfig(mergeConfig(config.vite, base), own)
}
