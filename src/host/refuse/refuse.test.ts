import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'
import { Layer9Error } from '../../1-contracts/index.ts'
import { waysOut } from './errors.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url))

/** Entries of the package that have a module of their own for browsers: `layer9/platform` and its file. */
function refusedEntries(): [door: string, file: string][] {
  const { exports } = JSON.parse(readFileSync(packageFile, 'utf8')) as { exports: Record<string, { browser?: string }> }
  return Object.entries(exports).flatMap(([name, { browser }]) =>
    browser ? [[name.replace('.', 'layer9'), browser.replace('./dist/host/refuse/', '').replace('.js', '.ts')]] : [],
  )
}

/** Code that uses a name of a module, as a bundler writes it for a browser that knows nothing of our plugin. */
async function bundleUse(file: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, rollupOptions: { input: '\0entry' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === '\0entry' ? id : undefined),
        load: (id) =>
          id === '\0entry'
            ? `import { ${name} as used } from ${JSON.stringify(folder + file)}\nglobalThis.layer9Used = used`
            : undefined,
      },
    ],
  })
  return (built as Rollup.RollupOutput).output[0].code
}

describe('a server door in a browser', () => {
  it.each(refusedEntries())(
    '%s has the names of the door, so that an import of one gets its error',
    async (door, file) => {
      const { exports } = JSON.parse(readFileSync(packageFile, 'utf8'))
      const real = exports[door.replace('layer9', '.')].default.replace('./dist', '../..').replace(/js$/, 'ts')
      const names = Object.keys(await import(new URL(real, import.meta.url).href))
      const code = readFileSync(folder + file, 'utf8')
      expect([...code.matchAll(/refused as (\w+)/g)].map(([, name]) => name).sort()).toEqual(names.sort())
      const bundled = await bundleUse(file, names[0] as string)
      const failure: unknown = await import(`data:text/javascript,${encodeURIComponent(bundled)}`).catch(
        (error) => error,
      )
      expect(failure).toMatchObject({ code: 'SERVER_DOOR_IN_BROWSER', data: { door } })
    },
  )

  it.each(refusedEntries())('%s throws when it is imported', async (door, file) => {
    const failure: unknown = await import(pathToFileURL(folder + file).href).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Layer9Error)
    expect(failure).toMatchObject({ code: 'SERVER_DOOR_IN_BROWSER', data: { door }, fix: `${waysOut[door]}.` })
  })

  it('is told of with a way out, each by its own file', () => {
    const files = readdirSync(folder).filter((file) => !/^errors\.ts$|\.test\.ts$|\.md$/.test(file))
    expect(
      refusedEntries()
        .map(([, file]) => file)
        .sort(),
    ).toEqual(files.sort())
    for (const [door, file] of refusedEntries()) {
      expect(waysOut[door]).toMatch(/^[A-Z].*[^.]$/)
      expect(existsSync(folder + file)).toBe(true)
    }
  })
})
