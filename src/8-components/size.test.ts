import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const door = (name: string) => JSON.stringify(`${here}${name}.ts`)

/** Builds a module as for production. Bytes are the same on every machine. */
async function bundle(source: string): Promise<{ bytes: number; modules: string[]; code: string }> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: here,
    // The tests' own environment is none of production's.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: 'virtual:entry', preserveEntrySignatures: 'strict' },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'virtual:entry' ? id : undefined),
        load: (id) => (id === 'virtual:entry' ? source : undefined),
      },
    ],
  })
  // With one input and no watcher it is one output.
  const chunk = (built as Rolldown.RolldownOutput).output[0]
  return { bytes: gzipSync(chunk.code, { level: 9 }).length, modules: Object.keys(chunk.modules), code: chunk.code }
}

const counter = `
import { adopt, block, child, on, template } from ${door('browser')}
import { useState } from ${door('index')}
const shape = template('<main><h1>Count: <!></h1><button>+1</button></main>', [child(3), on(4, 'click')])
export function Counter() {
  const [count, setCount] = useState(0)
  return block(shape, [count, () => setCount(count + 1)])
}
export { adopt }`

describe('what a page ships', () => {
  it('is at most 3,360 bytes gzip for a counter that adopts the server’s nodes', async () => {
    const { bytes, modules, code } = await bundle(counter)
    expect(bytes).toBeLessThanOrEqual(3360)
    expect(
      modules.filter((id) => /alien-signals|\/html\/|list|property|spread|effect|\/context\.ts|hot\.ts/.test(id)),
    ).toEqual([])
    expect(code).not.toMatch(/Fix:|HOOK_OUTSIDE_COMPONENT {2}/)
  })

  it('is little more with effects, refs, classes and attributes', async () => {
    const { bytes: least } = await bundle(counter)
    const { bytes } = await bundle(
      `${counter}\nexport { attribute, classes, property, ref, styles } from ${door('browser')}
export { useEffect, useMemo, useRef } from ${door('index')}`,
    )
    expect(bytes - least).toBeLessThanOrEqual(1550)
  })

  it('holds signals only where a page uses them', async () => {
    const { modules } = await bundle(
      `${counter}\nexport { signal } from ${JSON.stringify(`${here}../7-state/index.ts`)}`,
    )
    expect(modules.some((id) => id.includes('alien-signals'))).toBe(true)
  })

  it('is nothing where nothing is used', async () => {
    const { bytes } = await bundle(`import ${door('browser')}\nimport ${door('index')}\nexport const nothing = 0`)
    expect(bytes).toBeLessThan(100)
  })
})
