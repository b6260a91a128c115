// Broken style sheets. Browsers pass over what they cannot read, and so does Vite in development: nobody would know before
// the build, which refuses them.
import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { drawError } from '../../1-contracts/index.ts'
import { errors } from '../errors.ts'
import { isSheet } from '../vite/sheet.ts'

/** What is used of Lightning CSS, by which Vite builds. */
interface LightningCss {
  transform(options: { filename: string; code: Uint8Array }): unknown
}

/** What it throws; lines and columns are counted from 1. */
interface SheetError extends Error {
  loc?: { line: number; column: number }
}

/** Refuses in development what the build would refuse, where it stands. */
export function checkSheets(root: string): Plugin {
  // Vite's own copy, loaded with the first sheet.
  let css: LightningCss | undefined
  const load = (): LightningCss => createRequire(fileURLToPath(import.meta.resolve('vite')))('lightningcss')
  return {
    name: 'layer9:check-sheets',
    transform(source, id) {
      if (!isSheet(id)) return
      const [path = id] = id.split('?')
      css ??= load()
      try {
        css.transform({ filename: path, code: Buffer.from(source) })
      } catch (error) {
        const { message, loc } = error as SheetError
        const file = relative(root, path)
        const places = loc ? [{ file, line: loc.line, column: loc.column, source }] : []
        // Drawn here: on its way through Vite's runner an error keeps its text alone.
        throw new Error(drawError(errors.SHEET_BROKEN({ file, reason: message }, { places })), { cause: error })
      }
    },
  }
}
