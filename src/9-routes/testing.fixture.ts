// What the tests of this layer share: an app of modules written in place, and the requests that are made of it.
import type { Incoming, Reply } from '../2-platform/index.ts'
import { block, child } from '../8-components/server.ts'
import type { AppDefinition, RouteModule } from './definition.ts'
import { createApp } from './server.ts'

/** Props of any page or layout, as tests look at them. */
export interface AnyProps {
  data?: unknown
  params: Record<string, unknown>
  path: string
  children?: unknown
  error?: { code: string; status: number; message?: string; id?: string }
}

/** A route module whose component shows what a function makes of its props: text, or `[tag, content]`. */
export function page(show: (props: AnyProps) => unknown, rest: Record<string, unknown> = {}): () => RouteModule {
  const component = (props: AnyProps) => toElement(show(props))
  return () => ({ ...rest, default: component }) as unknown as RouteModule
}

/** A layout that puts an element around what it holds. */
export const layout = (tag: string, rest: Record<string, unknown> = {}): (() => RouteModule) =>
  page((props) => [tag, props.children], rest)

function toElement(shown: unknown): unknown {
  if (!Array.isArray(shown) || shown.length !== 2 || typeof shown[0] !== 'string') return shown
  const [tag, content] = shown
  return block((value: unknown) => `<${tag}>${child(value)}</${tag}>`, [toElement(content)])
}

/** What a test says of a request; the rest is that of a browser on the app's own origin. */
export interface Ask {
  method?: string
  headers?: Record<string, string>
  form?: Record<string, string>
  multipart?: Record<string, string>
}

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Reply['headers']
  body: string
  chunks: string[]
}

/** An app under test. */
export interface TestApp {
  get(path: string, ask?: Ask): Promise<Answer>
  post(path: string, form: Record<string, string>, ask?: Ask): Promise<Answer>
  /** The reply as the handler gave it: at once, or as a promise. */
  raw(path: string): Reply | Promise<Reply>
  /** Everything that strangers saw only as an id. */
  reported: { error: unknown; id: string }[]
}

/** Makes an app of routes, and of what a test says beside them. */
export async function testApp(
  routes: AppDefinition['routes'],
  rest: Partial<Pick<AppDefinition, 'api' | 'middleware' | 'assets'>> & {
    options?: Partial<AppDefinition['options']>
  } = {},
): Promise<TestApp> {
  const reported: TestApp['reported'] = []
  const handler = await createApp({
    routes,
    api: rest.api ?? {},
    ...(rest.middleware && { middleware: rest.middleware }),
    assets: rest.assets ?? testAssets,
    options: {
      dev: false,
      base: '/',
      origins: [],
      bodyLimit: 10_000,
      rateLimit: 0,
      report: (error, id) => reported.push({ error, id }),
      ...rest.options,
    },
  })
  const get = async (path: string, ask: Ask = {}) => await read(await handler(request(path, ask)))
  return {
    get,
    post: async (path, form, ask) => await get(path, { method: 'POST', form, ...ask }),
    raw: (path) => handler(request(path)),
    reported,
  }
}

export const testAssets: AppDefinition['assets'] = {
  build: 'b1',
  listener: '/listen.js',
  navigation: '/nav.js',
  starter: '/start.js',
  starterPreload: ['/runtime.js'],
  tagged: '/tagged.js',
  taggedPreload: ['/decode.js'],
  call: '/call.js',
  later: '/later.js',
  receiver: '/receive.js',
  unscripted: '/unscripted.css',
  reach: () => [],
  styles: (file) => (file.startsWith('layout') ? ['/base.css'] : []),
  root: (module) => ({ url: `/${module}.js`, preload: ['/shared.js'], styles: [`/${module}.css`] }),
}

/** A request, as the ingress would hand it on. */
export function request(target: string, { method = 'GET', headers = {}, form, multipart }: Ask = {}): Incoming {
  const [path = '/', query] = target.split('?')
  const body = form ? String(new URLSearchParams(form)) : multipart ? writeMultipart(multipart) : ''
  const type = form ? 'application/x-www-form-urlencoded' : multipart ? 'multipart/form-data; boundary=cut' : undefined
  const all = { 'sec-fetch-site': 'same-origin', ...(type && { 'content-type': type }), ...headers }
  return {
    method,
    path,
    search: query === undefined ? '' : `?${query}`,
    origin: 'http://app.test',
    headers: all,
    address: '127.0.0.1',
    signal: new AbortController().signal,
    body: async () => new TextEncoder().encode(body),
    get request() {
      return new Request(`http://app.test${target}`, { method, headers: all, ...(body && { body }) })
    },
  }
}

function writeMultipart(fields: Record<string, string>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--cut--\r\n`
}

async function read(reply: Reply): Promise<Answer> {
  const chunks: string[] = []
  if (typeof reply.body === 'string') chunks.push(reply.body)
  else if (reply.body !== null && !(reply.body instanceof Uint8Array))
    for await (const chunk of reply.body) chunks.push(String(chunk))
  return { status: reply.status, headers: reply.headers, body: chunks.join(''), chunks }
}

/** What is between `<body>` and its end. */
export const bodyOf = ({ body }: Answer): string => /<body[^>]*>(.*)<\/body>/s.exec(body)?.[1] ?? ''

/** What is between `<head>` and its end. */
export const headOf = ({ body }: Answer): string => /<head>(.*)<\/head>/s.exec(body)?.[1] ?? ''
