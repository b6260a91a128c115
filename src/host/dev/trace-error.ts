// Leads an error that a page tells of back to the sources: its stack names modules as the browser got them.
import { readFile } from 'node:fs/promises'
import { SourceMap, type SourceMapPayload } from 'node:module'
import type { DevEnvironment } from 'vite'
import { drawFrame } from '../../1-contracts/index.ts'
import type { ShownError } from './client.ts'

/** A place in a stack: `http://localhost:3000/app/components/Counter.tsx?t=1:10:5`. */
const place = /https?:\/\/[^\s()/]+(\/[^\s()]*?):(\d+):(\d+)/g
/** Lines of a stack that are looked at. */
const MOST_LINES = 50

/** Answers what pages ask about their errors, each page for itself. `base`: the path that the app is mounted at. */
export function answerTraces(client: DevEnvironment, { root, base }: { root: string; base: string }): void {
  client.hot.on('layer9:trace', async (given: Partial<ShownError>, page) => {
    // Any script of a page may send anything.
    const { message, stack } = given ?? {}
    if (typeof message !== 'string' || typeof stack !== 'string') return
    const lines = stack.split('\n').slice(0, MOST_LINES)
    page.send('layer9:traced', await traceError({ message, stack: lines.join('\n') }, { client, root, base }))
  })
}

interface Traced {
  readonly client: DevEnvironment
  readonly root: string
  readonly base: string
}

/** The same error, its stack in terms of the sources, with the frame of the first that is the app's own. */
async function traceError({ message, stack }: ShownError, traced: Traced): Promise<ShownError> {
  let own: Source | undefined
  let written = ''
  let end = 0
  for (const found of stack.matchAll(place)) {
    const [whole, path = '', line, column] = found
    const source = await findSource(path, { line: Number(line), column: Number(column) }, traced)
    written += stack.slice(end, found.index) + (source ? `${source.file}:${source.line}:${source.column}` : whole)
    end = found.index + whole.length
    if (source?.file.startsWith('app/')) own ??= source
  }
  const shown = { message, stack: written + stack.slice(end) }
  if (!own) return shown
  const { file, line, column } = own
  const frame = drawFrame({ ...own, source: await readFile(`${traced.root}/${file}`, 'utf8') })
  return { ...shown, id: file, loc: { file, line, column }, frame }
}

interface Source {
  readonly file: string
  readonly line: number
  readonly column: number
}

async function findSource(
  path: string,
  at: { line: number; column: number },
  { client, root, base }: Traced,
): Promise<Source | undefined> {
  if (!path.startsWith(base)) return undefined
  const module = await client.moduleGraph.getModuleByUrl(`/${path.slice(base.length)}`)
  const map = module?.transformResult?.map
  if (!module?.file?.startsWith(`${root}/`) || !map || !('version' in map)) return undefined
  // What Vite keeps is a map as the standard has it; only its type is another.
  const entry = new SourceMap(map as unknown as SourceMapPayload).findEntry(at.line - 1, at.column - 1)
  if (!('originalLine' in entry)) return undefined
  return { file: module.file.slice(root.length + 1), line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}
