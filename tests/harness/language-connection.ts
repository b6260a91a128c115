// The Language Server Protocol over stdio, as far as an editor needs it to ask for what is wrong in a file.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** What a server says of a file. Lines count from 0, as the protocol has it. */
export interface LspDiagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
  readonly severity: number
  readonly code: number | string
  readonly message: string
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

type Published = { readonly uri: string; readonly version?: number; readonly diagnostics: readonly LspDiagnostic[] }

/** A language server in a process of its own. Each message is a header with the length, then a JSON document. */
export class LanguageConnection {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #root: string
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  readonly #onPublished = new Map<string, (diagnostics: readonly LspDiagnostic[]) => void>()
  #received = Buffer.alloc(0)
  #next = 1

  /** `given`: the server's program and its arguments, run by Node in the app's folder. */
  constructor(root: string, given: readonly string[]) {
    this.#root = root
    this.#child = spawn(process.execPath, [...given], { cwd: root })
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#child.once('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The language server ended with ${code}.`))
    })
  }

  /** What an editor says first. */
  async begin(): Promise<void> {
    const rootUri = pathToFileURL(this.#root).href
    const folders = { rootUri, workspaceFolders: [{ uri: rootUri, name: 'app' }] }
    const capabilities = {
      workspace: { configuration: true },
      textDocument: { diagnostic: {}, definition: {}, hover: { contentFormat: ['markdown'] } },
    }
    await this.ask('initialize', { processId: process.pid, capabilities, ...folders })
    this.tell('initialized', {})
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  async ask(method: string, params: unknown): Promise<unknown> {
    const id = this.#next++
    this.#send({ id, method, params })
    return await new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  /** The next diagnostics that the server sends by itself for a version of a file. */
  async published(uri: string, version: number): Promise<readonly LspDiagnostic[]> {
    return await new Promise((resolve) => this.#onPublished.set(`${uri} ${version}`, resolve))
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
      if (message.method === undefined) this.#answered(message)
      else this.#told(message)
    }
  }

  #answered({ id = 0, result, error }: Message): void {
    if (error) this.#waiting.get(id)?.reject(new Error(error.message))
    else this.#waiting.get(id)?.resolve(result)
    this.#waiting.delete(id)
  }

  #told({ id, method, params }: Message): void {
    // Asked for settings, one for each item, an editor without any says null.
    if (id !== undefined) {
      const items = (params as { items?: readonly unknown[] } | undefined)?.items
      this.#send({ id, result: items?.map(() => null) ?? null })
    }
    if (method !== 'textDocument/publishDiagnostics') return
    const { uri, version, diagnostics } = params as Published
    this.#onPublished.get(`${uri} ${version}`)?.(diagnostics)
  }
}
