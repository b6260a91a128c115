// An editor with an app open in it: the language servers of the installed TypeScript and of oxlint, asked as editors ask.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { repository } from './command.ts'
import { LanguageConnection, type LspDiagnostic } from './language-connection.ts'

/** What an editor would underline. Lines count from 1. */
export interface Diagnostic {
  readonly line: number
  readonly code: number | string
  readonly message: string
}

/** An editor with an app open in it. */
export interface Editor {
  /** Opens a file, or gives it another text, and tells what is underlined in it. */
  diagnose(path: string, text?: string): Promise<Diagnostic[]>
  /** Where a name leads that stands in a file that is open: a path relative to the app, or an absolute one. */
  definition(path: string, name: string): Promise<string | undefined>
  /** What is shown when the pointer rests on a name that stands in a file that is open: the code of it, on one line. */
  hover(path: string, name: string): Promise<string | undefined>
  close(): Promise<void>
}

/** An editor that shows what TypeScript says. */
export async function openEditor(root: string): Promise<Editor> {
  const program = [join(repository, 'node_modules/typescript/bin/tsc'), '--lsp', '--stdio']
  return await openWith(root, program, async (connection, uri) => {
    const report = await connection.ask('textDocument/diagnostic', { textDocument: { uri } })
    return (report as { items: LspDiagnostic[] }).items
  })
}

/** An editor that shows what oxlint says, which tells it unasked. */
export async function openLinter(root: string): Promise<Editor> {
  const program = [join(repository, 'node_modules/oxlint/bin/oxlint'), '--lsp']
  return await openWith(root, program, async (connection, uri, version) => await connection.published(uri, version))
}

type Ask = (connection: LanguageConnection, uri: string, version: number) => Promise<readonly LspDiagnostic[]>

async function openWith(root: string, program: readonly string[], ask: Ask): Promise<Editor> {
  const connection = new LanguageConnection(root, program)
  await connection.begin()
  const open = new Map<string, { version: number; text: string }>()
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href
  const show = (path: string, text: string): number => {
    const version = (open.get(path)?.version ?? 0) + 1
    open.set(path, { version, text })
    const document = { uri: uriOf(path), languageId: languageOf(path), version, text }
    if (version === 1) connection.tell('textDocument/didOpen', { textDocument: document })
    else connection.tell('textDocument/didChange', { textDocument: document, contentChanges: [{ text }] })
    return version
  }
  /** The first place of a name in a file that is open. */
  const at = (path: string, name: string) => {
    const before = open.get(path)?.text.split(name)[0]?.split('\n') ?? []
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
    return { textDocument: { uri: uriOf(path) }, position }
  }
  return {
    async diagnose(path, given) {
      const version = show(path, given ?? (await readFile(join(root, path), 'utf8')))
      return (await ask(connection, uriOf(path), version)).flatMap(toDiagnostic)
    },
    async definition(path, name) {
      const found = await connection.ask('textDocument/definition', at(path, name))
      const [first] = [found as { uri: string } | { uri: string }[] | null].flat()
      if (!first) return undefined
      const file = fileURLToPath(first.uri)
      return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
    },
    async hover(path, name) {
      const found = await connection.ask('textDocument/hover', at(path, name))
      const { contents } = (found ?? {}) as { contents?: { value: string } }
      return /```\w*\n(.*?)\n```/s.exec(contents?.value ?? '')?.[1]?.replace(/\s+/g, ' ')
    },
    close: async () => await connection.close(),
  }
}

const languageOf = (path: string): string =>
  ({ ts: 'typescript', tsx: 'typescriptreact', js: 'javascript', jsx: 'javascriptreact' })[
    path.split('.').at(-1) ?? ''
  ] ?? 'plaintext'

/** Errors alone: what is unused and the like is greyed out, not underlined. */
const toDiagnostic = ({ range, severity, code, message }: LspDiagnostic): Diagnostic[] =>
  severity === 1 ? [{ line: range.start.line + 1, code, message }] : []
