// What contracts know: the names that a browser and Node both have, as far as they mean the same there. What asks the
// network or waits is left out, for contracts are pure. In the projects of the two sides these names are their own.
/// <reference types="vite/client" />

interface Console {
  debug(...values: readonly unknown[]): void
  error(...values: readonly unknown[]): void
  info(...values: readonly unknown[]): void
  log(...values: readonly unknown[]): void
  warn(...values: readonly unknown[]): void
}
declare var console: Console

/** https://url.spec.whatwg.org/#url */
interface URL {
  hash: string
  host: string
  hostname: string
  href: string
  readonly origin: string
  password: string
  pathname: string
  port: string
  protocol: string
  search: string
  readonly searchParams: URLSearchParams
  username: string
  toJSON(): string
  toString(): string
}
declare var URL: {
  prototype: URL
  new (url: string | URL, base?: string | URL): URL
  canParse(url: string | URL, base?: string | URL): boolean
  parse(url: string | URL, base?: string | URL): URL | null
}

interface URLSearchParams extends Iterable<[string, string]> {
  readonly size: number
  append(name: string, value: string): void
  delete(name: string, value?: string): void
  entries(): IterableIterator<[string, string]>
  forEach(callback: (value: string, name: string, parent: URLSearchParams) => void): void
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string, value?: string): boolean
  keys(): IterableIterator<string>
  set(name: string, value: string): void
  sort(): void
  toString(): string
  values(): IterableIterator<string>
}
declare var URLSearchParams: {
  prototype: URLSearchParams
  new (init?: string | URLSearchParams | Record<string, string> | string[][]): URLSearchParams
}

/** https://encoding.spec.whatwg.org/#api */
interface TextEncoder {
  readonly encoding: string
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder }

interface TextDecoder {
  readonly encoding: string
  readonly fatal: boolean
  readonly ignoreBOM: boolean
  decode(bytes?: ArrayBufferLike | ArrayBufferView, options?: { stream?: boolean }): string
}
declare var TextDecoder: {
  prototype: TextDecoder
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder
}

/** https://w3c.github.io/FileAPI/ */
interface Blob {
  readonly size: number
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
  slice(start?: number, end?: number, type?: string): Blob
  text(): Promise<string>
}
declare var Blob: { prototype: Blob; new (parts?: (string | ArrayBuffer | Blob)[], options?: { type?: string }): Blob }

interface File extends Blob {
  readonly lastModified: number
  readonly name: string
}
declare var File: {
  prototype: File
  new (parts: (string | ArrayBuffer | Blob)[], name: string, options?: { type?: string; lastModified?: number }): File
}

/** https://xhr.spec.whatwg.org/#interface-formdata */
interface FormData extends Iterable<[string, string | File]> {
  append(name: string, value: string | Blob): void
  delete(name: string): void
  entries(): IterableIterator<[string, string | File]>
  get(name: string): string | File | null
  getAll(name: string): (string | File)[]
  has(name: string): boolean
  keys(): IterableIterator<string>
  set(name: string, value: string | Blob): void
  values(): IterableIterator<string | File>
}
declare var FormData: { prototype: FormData; new (): FormData }

/** https://w3c.github.io/webcrypto/ */
interface Crypto {
  getRandomValues<Bytes extends ArrayBufferView>(bytes: Bytes): Bytes
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`
}
declare var crypto: Crypto

/** https://html.spec.whatwg.org/multipage/structured-data.html#structured-cloning */
declare function structuredClone<Value>(value: Value): Value
declare function atob(text: string): string
declare function btoa(bytes: string): string
