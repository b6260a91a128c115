import type { Plugin } from 'vite'
import { describe, expect, it } from 'vitest'
import { shortenedNames, shortenPlugin } from './shorten.ts'

/** What the plugin makes of a module. */
function shorten(code: string): string {
  const { transform } = shortenPlugin() as Plugin & {
    transform: { handler(code: string, id: string): { code: string } }
  }
  return transform.handler(code, 'module.js').code
}

describe('shortenPlugin', () => {
  it('gives a property the same name in every module', () => {
    const [used] = /\.\w+/.exec(shorten('export const use = (view) => view.mount()'))!
    expect(used).toHaveLength(2)
    expect(shorten('export class View { mount() {} }')).toContain(`${used.slice(1)}() {}`)
    expect(shorten('export const { mount } = view')).toContain(`${used.slice(1)}: mount`)
  })

  it('leaves data, texts and everything else alone', () => {
    const code =
      'export const kept = (table) => [table["mount"], "mount", table.props.key, table.modules, table.roots];'
    expect(shorten(code).replace(/\s/g, '')).toBe(code.replace(/\s/g, ''))
  })

  it('has a letter for each name, and shortens none that JavaScript itself has', () => {
    const names = Object.keys(shortenedNames)
    const letters = Object.values(shortenedNames)
    expect(letters.every((letter) => /^\$?[a-zA-Z$_]$/.test(letter))).toBe(true)
    expect(new Set(letters).size).toBe(names.length)
    const own = [[], {}, '', () => {}, new Map(), new Set(), new WeakMap(), Promise.prototype, /x/, new Error('x')]
    expect(names.filter((name) => own.some((value) => name in Object(value)))).toEqual([])
  })
})
