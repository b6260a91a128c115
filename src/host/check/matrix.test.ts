import { describe, expect, it, vi } from 'vitest'
import { checkLayers } from './checker.ts'
import { layerNames } from './layers.ts'
import { tree } from './testing/tree.fixture.ts'

// Folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** Forms of import, and whether the compiler erases them. */
const forms: readonly { name: string; typeOnly: boolean; write: (target: string) => string }[] = [
  { name: 'import', typeOnly: false, write: (target) => `import { value } from '${target}'` },
  { name: 'side-effect', typeOnly: false, write: (target) => `import '${target}'` },
  { name: 'export', typeOnly: false, write: (target) => `export * from '${target}'` },
  { name: 'dynamic', typeOnly: false, write: (target) => `export const load = () => import('${target}')` },
  { name: 'inline-type', typeOnly: false, write: (target) => `import { type Value } from '${target}'` },
  { name: 'type', typeOnly: true, write: (target) => `import type { Value } from '${target}'` },
  { name: 'export-type', typeOnly: true, write: (target) => `export type { Value } from '${target}'` },
  { name: 'import-type', typeOnly: true, write: (target) => `export type V = import('${target}').Value` },
]

/** The rules in one line each, as the architecture states them. */
function expected(from: number, to: number, typeOnly: boolean): string | undefined {
  if (to > from) return 'LAYER_UPWARD'
  return from >= 7 && to >= 2 && to <= 5 && !typeOnly ? 'LAYER_WIRE' : undefined
}

describe('every layer importing every layer', () => {
  it.each(['file', 'entry'])('in every form, by a %s', async (by) => {
    const files: Record<string, string> = {}
    const rules: Record<string, string> = {}
    for (const layer of layerNames) files[`app/${layer}/target.ts`] = 'export const value = 1\nexport type Value = 1'
    for (const [from, source] of layerNames.entries()) {
      for (const [to, goal] of layerNames.entries()) {
        for (const { name, typeOnly, write } of forms) {
          const path = `app/${source}/${name}-${goal}.ts`
          files[path] = write(by === 'file' ? `~/${goal}/target` : `layer9/${goal}`)
          const code = expected(from + 1, to + 1, typeOnly)
          if (code) rules[path] = code
        }
      }
    }
    const { violations } = await checkLayers({ root: tree(files) })
    expect(Object.fromEntries(violations.map(({ file, code }) => [file, code]))).toEqual(rules)
    expect(violations).toHaveLength(Object.keys(rules).length)
  })
})
