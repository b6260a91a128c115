// The language server of the installed TypeScript, as an editor talks to it: the Language Server Protocol over stdio.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { repository } from './command.ts'

/** What an editor would underline. Lines count from 1. */
export interface Diagnostic {
  readonly line: number
  readonly code: number
  readonly message: string
}

/** An editor with an app open in it. */
export interface Editor {
  /** Opens a file, or gives it another text, and tells what is underlined in it. */
  diagnose(path: string, text?: string): Promise<Diagnostic[]>
  /** Where a name leads that stands in a file that is open: a path relative to the app, or an absolute one. */
  definition(path: string, name: string): Promise<string | undefined>
  close(): Promise<void>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly items?: readonly unknown[] }
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** Starts the server on the folder of an app. */
export async function openEditor(root: string): Promise<Editor> {
  const connection = new Connection(root)
  const rootUri = pathToFileURL(root).href
  await connection.ask('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'app' }],
    capabilities: { textDocument: { diagnostic: {}, definition: {} } },
  })
  connection.tell('initialized', {})
  const versions = new Map<string, { version: number; text: string }>()
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href
  return {
    async diagnose(path, given) {
      const uri = uriOf(path)
      const text = given ?? (await readFile(join(root, path), 'utf8'))
      const version = (versions.get(path)?.version ?? 0) + 1
      versions.set(path, { version, text })
      const languageId = path.endsWith('x') ? 'typescriptreact' : 'typescript'
      if (version === 1) connection.tell('textDocument/didOpen', { textDocument: { uri, languageId, version, text } })
      else connection.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] })
      const report = await connection.ask('textDocument/diagnostic', { textDocument: { uri } })
      return (report as { items: LspDiagnostic[] }).items.flatMap(toDiagnostic)
    },
    async definition(path, name) {
      const before = versions.get(path)?.text.split(name)[0] ?? ''
      const lines = before.split('\n')
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
      const found = await connection.ask('textDocument/definition', { textDocument: { uri: uriOf(path) }, position })
      const [first] = [found as { uri: string } | { uri: string }[] | null].flat()
      if (!first) return undefined
      const file = fileURLToPath(first.uri)
      return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
    },
    close: async () => await connection.close(),
  }
}

interface LspDiagnostic {
  readonly range: { readonly start: { readonly line: number } }
  readonly severity: number
  readonly code: number
  readonly message: string
}

/** Errors alone: what is unused and the like is greyed out, not underlined. */
const toDiagnostic = ({ range, severity, code, message }: LspDiagnostic): Diagnostic[] =>
  severity === 1 ? [{ line: range.start.line + 1, code, message }] : []

/** Requests and answers, each a header with the length and a JSON document. */
class Connection {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  #received = Buffer.alloc(0)
  #next = 1

  constructor(cwd: string) {
    const compiler = join(repository, 'node_modules/typescript/bin/tsc')
    this.#child = spawn(process.execPath, [compiler, '--lsp', '--stdio'], { cwd })
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#child.once('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The language server ended with ${code}.`))
    })
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  async ask(method: string, params: unknown): Promise<unknown> {
    const id = this.#next++
    this.#send({ id, method, params })
    return await new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#child.once('close', done))
    await this.ask('shutdown', undefined)
    this.tell('exit', undefined)
    await ended
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const begin = this.#received.indexOf('\r\n\r\n') + 4
      if (begin < 4) return
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, begin))?.[1])
      if (this.#received.length < begin + length) return
      const message = JSON.parse(this.#received.toString('utf8', begin, begin + length)) as Message
      this.#received = this.#received.subarray(begin + length)
      this.#handle(message)
    }
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (id === undefined) return
    // The server asks for settings, one for each item; an editor without any says null.
    if (method !== undefined) this.#send({ id, result: params?.items?.map(() => null) ?? null })
    else if (error) this.#waiting.get(id)?.reject(new Error(error.message))
    else this.#waiting.get(id)?.resolve(result)
    if (method === undefined) this.#waiting.delete(id)
  }
}
