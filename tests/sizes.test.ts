// What pages cost: the bytes that `layer9 build` tells are those that a visitor receives, and what roots are given is
// said where it can be changed.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type Ended, type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** A list that is live for the sake of one button. */
const listModule = `import { useState } from 'layer9/components'

export function List({ posts, note }: { posts: { id: number; text: string }[]; note: string }) {
  const [open, setOpen] = useState(false)
  return (
    <section>
      <ul>{posts.map((post) => <li>{post.text}</li>)}</ul>
      <p>{note}</p>
      <button type="button" onClick={() => setOpen(!open)}>{open ? 'less' : 'more'}</button>
    </section>
  )
}
`
const heavyPage = `import type { LoaderArgs, PageProps } from 'layer9/routes'
import { Counter } from '~/components/Counter'
import { List } from '~/components/List'

export const loader = (_args: LoaderArgs<'/heavy'>) =>
  Array.from({ length: 300 }, (_, id) => ({ id, text: 'The text of post <number> ' + id }))

export default function Heavy({ data }: PageProps<'/heavy', typeof loader>) {
  return <main><h1>Heavy</h1><Counter start={1} /><Counter start={22} /><List posts={data} note="small" /></main>
}
`

interface Page {
  readonly page: string
  readonly script: number
  readonly styles: number
  readonly brotli: { readonly script: number; readonly styles: number }
  readonly props: readonly { readonly name: string; readonly count: number; readonly bytes: number }[] | null
}

let app: AppCopy
/** What was printed before and after the pages were seen in development. */
let unseen: Ended
let built: Ended
let development: string
let server: RunningServer
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  await app.write('app/components/List.tsx', listModule)
  await app.write('app/routes/heavy.tsx', heavyPage)
  await app.write('layer9.config.ts', 'export default { limits: { requestsPerMinute: 1_000_000 } }\n')
  unseen = await runLayer9(['build'], { cwd: app.root })
  const dev = await startLayer9(['dev'], { cwd: app.root })
  for (const path of ['/', '/about', '/heavy', '/posts/first', '/panel/late', '/heavy'])
    await fetch(dev.url + path).then((it) => it.text())
  await dev.says('GET /panel/late')
  await dev.says('move it into a component')
  await dev.end()
  development = dev.output()
  built = await runLayer9(['build'], { cwd: app.root })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await server?.end()
  await app.delete()
})

/** A body as it travels, compressed or not. */
const receive = async (path: string, coding: string): Promise<Buffer> =>
  await new Promise((resolve, reject) => {
    request({ port: server.port, path, headers: { 'accept-encoding': coding } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.once('end', () => resolve(Buffer.concat(chunks)))
    })
      .once('error', reject)
      .end()
  })

/** Bytes of all scripts and of all style sheets that a document names. */
const receiveAll = async (path: string, coding: string) => {
  const html = (await receive(path, 'identity')).toString()
  const head = html.slice(0, html.indexOf('</head>'))
  const sum = async (pattern: RegExp) => {
    const urls = new Set(Array.from(head.matchAll(pattern), ([, url = '']) => url))
    const bodies = await Promise.all([...urls].map(async (url) => await receive(url, coding)))
    return bodies.reduce((bytes, body) => bytes + body.byteLength, 0)
  }
  return {
    script: await sum(/(?:src|rel="modulepreload" href)="(\/_layer9\/[^"]+\.js)"/g),
    styles: await sum(/rel="stylesheet" href="([^"]+)"/g),
  }
}

const readPages = async (): Promise<Page[]> => JSON.parse(await app.read('.layer9/build/sizes.json')).pages

describe('routes', () => {
  it.each(['/', '/about', '/heavy'])('%s loads as many bytes as the manifest of the build tells', async (path) => {
    const page = (await readPages()).find((one) => one.page === path)
    expect(page?.script).toBeGreaterThan(100)
    expect(await receiveAll(path, 'gzip')).toEqual({ script: page?.script, styles: page?.styles })
    expect(await receiveAll(path, 'gzip, deflate, br')).toEqual(page?.brotli)
  })

  it('are told without what only props beyond JSON load, which is told apart', async () => {
    const { pages, tagged }: { pages: Page[]; tagged: number } = JSON.parse(await app.read('.layer9/build/sizes.json'))
    const { script = 0 } = pages.find(({ page }) => page === '/panel/one') ?? {}
    // Its layout is a root, which is given the page.
    expect((await receiveAll('/panel/one', 'gzip')).script).toBe(script + tagged)
    expect(built.out).toContain(`Props with dates or elements load ${(tagged / 1024).toFixed(1)} KiB more.`)
  })

  it('are printed, each with its bytes', async () => {
    const lines = built.out.split('\n')
    expect(lines[0]).toMatch(/^page +script +styles +props +roots$/)
    for (const { page, script, brotli, styles } of await readPages()) {
      const line = lines.find((one) => one.startsWith(`${page} `))
      const [, first, second] = /^\S+ +([\d.]+) \/ ([\d.]+) KiB/.exec(line ?? '') ?? []
      expect([Number(first), Number(second)]).toEqual(
        [script, brotli.script].map((bytes) => Number((bytes / 1024).toFixed(1))),
      )
      expect(styles === 0).toBe(/KiB +0 /.test(line ?? ''))
    }
    expect(built.out).toContain('Bytes as received, with gzip / brotli.')
  })
})

describe('props', () => {
  /** Bytes of the props of each root as the document of production holds them. */
  const propsOf = async (path: string): Promise<Record<string, number>> => {
    const html = (await receive(path, 'identity')).toString()
    const [, json = ''] = /<script type="application\/json" id="layer9"[^>]*>([^<]*)<\/script>/.exec(html) ?? []
    const sums: Record<string, number> = {}
    for (const { name, props } of JSON.parse(json).roots) {
      sums[name] = (sums[name] ?? 0) + Buffer.byteLength(JSON.stringify(props))
    }
    return sums
  }

  it('are told by dev in the line of each request', () => {
    expect(development).toMatch(/GET \/heavy 200 [\d.]+ms {2}.*props List 1\d\.\d KiB, 2 Counter \d\d B\n/)
    expect(development).toMatch(/GET \/about 200 [\d.]+ms(?!.*props)/)
    // A page whose roots come late is looked at as a whole.
    expect(development).toMatch(/GET \/panel\/late 200 .*props /)
  })

  it('are printed by build as they were seen, and written into its manifest', async () => {
    const [heavy, about] = ['/heavy', '/about'].map((path) => new RegExp(`^${path} .*`, 'm').exec(built.out)?.[0])
    expect(heavy).toMatch(/List 1\d\.\d KiB, 2 Counter \d\d B/)
    expect(about).toMatch(/KiB +none +none$/)
    const props = (await readPages()).find(({ page }) => page === '/heavy')?.props ?? []
    expect(Object.fromEntries(props.map(({ name, bytes }) => [name, bytes]))).toEqual(await propsOf('/heavy'))
  })

  it('are unknown of pages that were not opened, and said to be', async () => {
    expect(unseen).toMatchObject({ code: 0, err: '' })
    expect(unseen.out).toMatch(/^\/heavy .*KiB +\? +/m)
    expect(unseen.out).toContain('a page with ? was not opened there')
    expect((await readPages()).find(({ page }) => page === '/notes')?.props).toBeNull()
  })

  it('that are many are told of once, with the smallest element to move out', () => {
    const hint =
      /\/heavy: the root List \(app\/components\/List\.tsx\) is given (1\d\.\d KiB), 1\d\.\d KiB of it as "posts", besides what it shows\. Only <button> at app\/components\/List\.tsx:9:7 has to be live: move it into a component of its own\./g
    expect(development.match(hint)).toHaveLength(1)
    expect(built.out.match(hint)).toHaveLength(1)
    expect(unseen.out).not.toMatch(hint)
  })
})

describe('layer9 routes', () => {
  it('tells render mode, script and props of each page', async () => {
    const { out } = await runLayer9(['routes', '--json'], { cwd: app.root })
    const routes: { route: string; kind: string }[] = JSON.parse(out)
    const pages = await readPages()
    const props = pages.find(({ page }) => page === '/heavy')?.props ?? []
    expect(routes).toContainEqual(
      expect.objectContaining({
        route: 'GET /heavy',
        render: 'request',
        script: pages.find(({ page }) => page === '/heavy')?.script,
        props: props.reduce((sum, { bytes }) => sum + bytes, 0),
      }),
    )
    expect(routes).toContainEqual(expect.objectContaining({ route: 'GET /about', props: 0 }))
    expect(routes).toContainEqual(expect.objectContaining({ route: 'GET /notes', props: null }))
    for (const one of routes.filter(({ kind }) => kind !== 'page')) expect(one).not.toHaveProperty('render')
  })

  it('draws them for people, and says where what is missing comes from', async () => {
    const { out } = await runLayer9(['routes'], { cwd: app.root })
    expect(out).toMatch(/^route +kind +access +render +script +props +file\n/)
    expect(out).toMatch(/^GET \/heavy +page +everyone +request +[\d.]+ KiB +1\d\.\d KiB +app\/routes\/heavy\.tsx$/m)
    expect(out).toMatch(/^GET \/notes +page +everyone +request +[\d.]+ (?:Ki)?B +\? +app/m)
    expect(out).toContain('opening the page in `layer9 dev`')
    const fresh = await copyApp('examples/counter')
    expect((await runLayer9(['routes', '--json'], { cwd: fresh.root })).out).toContain('"script": null')
    await fresh.delete()
  })
})
