// Sources as development reads them. An editor may empty a file before it writes it, and Vite hears of the first: what it
// would read then is no module at all, and the page would show an error for a moment.
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

/** How often a file that was emptied is read again, and the milliseconds between. */
const tries = 10
const pause = 10

/** Reads a file as text. */
type Read = (file: string) => Promise<string>

/**
 * Makes what reads sources: a file that held something and is empty now is read again, for a tenth of a second at most.
 *
 * @example
 * const readSource = createReader((file) => readFile(file, 'utf8'))
 */
export function createReader(read: Read): Read {
  const full = new Set<string>()
  return async (file) => {
    let text = await read(file)
    for (let count = 0; text === '' && full.has(file) && count < tries; count++) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      text = await read(file)
    }
    // One that stays empty was meant to be: it is not waited for again.
    if (text === '') full.delete(file)
    else full.add(file)
    return text
  }
}

/** Reads a source of an app. */
export const readSource: Read = createReader(async (file) => await readFile(file, 'utf8'))

/** The plugin that gives them to Vite. */
export function sourcePlugin({ root }: { readonly root: string }): Plugin {
  const app = `${root}/app/`
  return {
    name: 'layer9:source',
    apply: 'serve',
    enforce: 'pre',
    load: {
      filter: { id: /\/app\/.*\.(?:[cm]?[jt]s|[jt]sx)$/ },
      handler: async (id) => (id.startsWith(app) ? await readSource(id) : undefined),
    },
  }
}
