// Writes dist/ from src/ with TypeScript, and takes away what a deleted source left there. Incremental: an unchanged
// tree takes as long as TypeScript needs to look at it. Then bundles what browsers load in development.
//
//   npm run build            types are checked, an error fails the build
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const source = join(root, 'src')

/** Removes files in dist/ whose source is gone: a deleted module must not stay importable. */
function removeStale(): number {
  if (!existsSync(dist)) return 0
  let removed = 0
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const match = /^(.+?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(entry.name)
    if (!entry.isFile() || !match || entry.parentPath.startsWith(bundle)) continue
    const stem = join(source, relative(dist, entry.parentPath), match[1] ?? '')
    if (existsSync(`${stem}.ts`) || existsSync(`${stem}.tsx`)) continue
    rmSync(join(entry.parentPath, entry.name))
    removed++
  }
  return removed
}

/** Where what browsers load in development is bundled, as one module. */
const bundle = join(dist, 'browser')

async function bundleForDevelopment(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      outDir: bundle,
      copyPublicDir: false,
      minify: false,
      lib: { entry: join(source, 'host/dev/browser.ts'), formats: ['es'], fileName: 'layer9' },
    },
  })
}

/** Runs a script of Node with its output shown; true if it ended well. */
const run = (...given: string[]): boolean =>
  spawnSync(process.execPath, given, { cwd: root, stdio: 'inherit' }).status === 0

const begin = performance.now()
const removed = removeStale()
if (!run(join('create-layer9', 'scripts', 'copy-templates.js'))) process.exit(1)
// TypeScript keeps what it knows beside what it wrote, so that removing dist/ is always a clean start.
const flags = ['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', join('dist', '.tsbuildinfo')]
if (!run(join('node_modules', 'typescript', 'bin', 'tsc'), ...flags)) {
  console.error(`dist${sep} has errors: TypeScript reported them above.`)
  process.exit(1)
}
await bundleForDevelopment()
const seconds = ((performance.now() - begin) / 1000).toFixed(1)
console.log(`dist${sep} built in ${seconds} s${removed > 0 ? `, ${removed} stale files removed` : ''}`)
