// A browser on an app of this layer: the ingress in front, the scripts built as a build does it, Chromium.
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { createServer } from '../host/server/index.ts'
import type { AppDefinition } from './definition.ts'
import { createApp } from './server.ts'

/** A running app with a browser. */
export interface Browsing {
  readonly origin: string
  open(path: string, options?: { javaScriptEnabled?: boolean }): Promise<Page>
  /** Requests of documents, as `METHOD path`, since the last look. */
  requests(): string[]
  close(): Promise<void>
}

const file = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)))

/** The module of the live components, written as the compiler writes it for the browser. */
const live = `
import { block, child, on, template } from ${file('../8-components/browser.ts')}
import { useEffect, useState } from ${file('../8-components/index.ts')}
const button = template('<button><!></button>', [on(0, 'click'), child(1)])
export function __l9_Counter({ start }) {
  const [count, setCount] = useState(0)
  return block(button, [() => setCount(count + 1), start + ' ' + count])
}
const shell = template('<section><button class="menu"><!></button><!></section>', [on(1, 'click'), child(2), child(3)])
export function __l9_Shell({ children, title }) {
  const [count, setCount] = useState(0)
  return block(shell, [() => setCount(count + 1), title + ' ' + count, children])
}
const toggle = template('<aside><button class="toggle"><!></button><!></aside>', [on(1, 'click'), child(2), child(3)])
export function __l9_Toggle({ children, note }) {
  const [open, setOpen] = useState(true)
  return block(toggle, [() => setOpen(!open), (open ? 'Hide ' : 'Show ') + (note ? 'with a note' : ''), open ? children : note])
}
const watcher = template('<b><!></b>', [child(1)])
export function __l9_Watcher({ title }) {
  useEffect(() => {
    const effects = (window.effects ??= [])
    const ping = () => effects.push('ping ' + title)
    addEventListener('ping', ping)
    effects.push('start ' + title)
    return () => {
      removeEventListener('ping', ping)
      effects.push('stop ' + title)
    }
  }, [])
  return block(watcher, [title])
}
export function __l9_Broken() {
  throw new Error('broken in the browser')
}
`

const entries: Record<string, string> = {
  listen: `import { startNavigation } from ${file('./listen.ts')}\nstartNavigation((url) => import(/* @vite-ignore */ url))`,
  navigation: `export * from ${file('./navigate.ts')}`,
  starter: `import { start as run } from ${file('./browser.ts')}\nexport const start = (replay) => run((url) => import(/* @vite-ignore */ url), replay)`,
  tagged: `export * from ${file('./tagged.ts')}`,
  later: `export * from ${file('./later.ts')}`,
  live,
}

/** Builds the scripts: file name → code. */
async function buildScripts(): Promise<Map<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: Object.fromEntries(Object.keys(entries).map((name) => [name, name])),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (id in entries ? `\0${id}` : undefined),
        load: (id) => entries[id.slice(1)],
      },
    ],
  })
  const { output } = built as Rollup.RollupOutput
  return new Map(output.map((chunk) => [`/assets/${chunk.fileName}`, chunk.type === 'chunk' ? chunk.code : '']))
}

/** Starts an app on a free port of this machine, and a browser. */
export async function browse(app: Pick<AppDefinition, 'routes'> & Partial<AppDefinition>): Promise<Browsing> {
  const scripts = await buildScripts()
  const seen: string[] = []
  const answer = await createApp({
    api: {},
    assets: {
      build: 'b1',
      listener: '/assets/listen.js',
      navigation: '/assets/navigation.js',
      starter: '/assets/starter.js',
      starterPreload: [],
      tagged: '/assets/tagged.js',
      taggedPreload: [],
      call: '/assets/call.js',
      later: '/assets/later.js',
      receiver: '/assets/receiver.js',
      unscripted: '/assets/unscripted.css',
      reach: () => [],
      styles: () => [],
      root: () => ({ url: '/assets/live.js', preload: [], styles: [] }),
    },
    options: {
      dev: false,
      base: '/',
      origins: [],
      bodyLimit: 10_000,
      rateLimit: 0,
      report: (error) => console.error(error),
    },
    ...app,
  })
  const server = createServer({
    handler: (incoming) => {
      const code = scripts.get(incoming.path)
      if (code !== undefined) return { status: 200, headers: { 'content-type': 'text/javascript' }, body: code }
      if (incoming.path !== '/favicon.ico') seen.push(`${incoming.method} ${incoming.path}${incoming.search}`)
      return answer(incoming)
    },
    options: { onReply: () => {} },
  })
  const { port } = await server.listen(0)
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    async open(path, options) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      await page.goto(origin + path)
      return page
    },
    requests: () => seen.splice(0),
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/**
 * Presses the button that shows `from` until it shows `to`. A root starts once its module is there, which nothing on the
 * page tells; a click that comes before is lost. Pressing and looking happen in the page, so that none is pressed twice.
 */
export async function press(page: Page, from: string, to: string): Promise<void> {
  await page.waitForFunction(
    ([before = '', after = '']) => {
      const find = (text: string) =>
        [...document.querySelectorAll('button')].find((each) => each.textContent?.includes(text))
      if (find(after)) return true
      find(before)?.click()
      return false
    },
    [from, to],
    { polling: 50, timeout: 25_000 },
  )
}
