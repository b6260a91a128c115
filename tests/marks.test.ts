// What the compiler cannot see from a component's own body, the server verifies while it renders: on the overlay in
// development, in the log in production, where the page stays whole.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/marks')
})
afterAll(async () => {
  await browser?.close()
  await app?.delete()
})

/** A page whose mark is broken. */
interface Case {
  readonly path: string
  readonly code: string
  /** What the error says. */
  readonly says: string
  /** A part of its way out. */
  readonly fix: string
  /** Where it is: the place, and the line that is shown. */
  readonly place: string
  readonly line: string
  /** The file that the log of production names, where it is another: of a prop, that of the component that gets it. */
  readonly logged?: string
  /** What production shows all the same, without scripts. */
  readonly shows: string
}

const cases: readonly Case[] = [
  {
    path: '/hook',
    code: 'PLAIN_USES_STATE',
    says: 'Steps runs on the server alone, but it calls useState',
    fix: 'Call the hook or read the signal in the component itself',
    place: 'app/components/Plain.tsx:5:19',
    line: 'const [count] = steps()',
    shows: 'steps 3',
  },
  {
    path: '/effect',
    code: 'PLAIN_USES_STATE',
    says: 'Watcher runs on the server alone, but it calls useEffect',
    fix: 'Call the hook',
    place: 'app/components/Plain.tsx:10:3',
    line: 'watch()',
    shows: 'watched',
  },
  {
    path: '/signal',
    code: 'PLAIN_USES_STATE',
    says: 'Clock runs on the server alone, but it reads a signal',
    fix: 'not through a helper',
    place: 'app/components/Plain.tsx:14:38',
    line: 'readClock()',
    shows: 'it is noon',
  },
  {
    path: '/placed',
    code: 'PLAIN_USES_STATE',
    says: 'Placed runs on the server alone, but it reads a signal',
    fix: 'not through a helper',
    place: 'app/components/Plain.tsx:16:23',
    line: 'export const Placed',
    shows: 'it is noon',
  },
  {
    path: '/handler',
    code: 'PLAIN_HAS_HANDLER',
    says: 'Button runs on the server alone, but its element has a handler for click',
    fix: 'Move the element into a component of its own',
    place: 'app/components/Plain.tsx:20:50',
    line: 'onClick={act}',
    shows: 'press',
  },
  {
    path: '/ref',
    code: 'PLAIN_HAS_HANDLER',
    says: 'Box runs on the server alone, but its element has a ref',
    fix: 'Move the element into a component of its own',
    place: 'app/components/Plain.tsx:26:79',
    line: 'ref={hold}',
    shows: 'held',
  },
  {
    path: '/prop',
    code: 'ROOT_PROP_NOT_DATA',
    says: 'List runs in the browser, but its prop draw is a function',
    fix: 'Make functions inside the component that runs in the browser',
    place: 'app/routes/prop.tsx:8:7',
    line: "<List items={['a', 'b']}",
    logged: 'app/components/Live.tsx',
    shows: 'A B',
  },
  {
    path: '/promise',
    code: 'ROOT_PROP_NOT_DATA',
    says: 'Comments runs in the browser, but its prop comments is a promise',
    fix: 'show a promise by an Await in the plain page',
    place: 'app/routes/promise.tsx:9:7',
    line: '<Comments comments={data.comments} />',
    logged: 'app/components/Live.tsx',
    shows: 'came later',
  },
  {
    path: '/nameless',
    code: 'ROOT_WITHOUT_NAME',
    says: 'Badge needs the browser, but the browser has no way to find it',
    fix: 'top level of',
    place: 'app/components/Live.tsx:30:10',
    line: 'Badge: function Badge',
    shows: 'badge 5',
  },
]

let server: RunningServer
let opened: OpenPage
const at = (selector: string) => opened.page.locator(selector)
const overlay = async (part: string) => await at(`vite-error-overlay .${part}`).first().textContent()

describe('in development', () => {
  beforeAll(async () => {
    server = await startLayer9(['dev'], { cwd: app.root })
  })
  afterAll(async () => await server.end())
  beforeEach(async () => {
    opened = await openPage(browser)
  })
  afterEach(async () => await opened.close())

  it.each(cases)('the overlay names component, line and way out: $path', async (broken) => {
    const response = await opened.page.goto(server.url + broken.path)
    expect(response?.status()).toBe(500)
    const message = await overlay('message')
    expect(message).toContain(`${broken.code}  ${broken.says}`)
    expect(message).toContain(broken.fix)
    expect(await overlay('file')).toContain(broken.place)
    const shown = (await overlay('frame'))?.split('\n').find((line) => line.trimStart().startsWith('>'))
    expect(shown).toContain(broken.line)
    // And so does the terminal.
    await server.says(broken.says)
    expect(server.output()).toContain(broken.place)
  })

  it('goes on once the mark is kept', async () => {
    await opened.page.goto(`${server.url}/hook`)
    expect(await overlay('message')).toContain('PLAIN_USES_STATE')
    await app.edit('app/components/Plain.tsx', 'const [count] = steps()', 'const [count] = [4]')
    await at('vite-error-overlay').waitFor({ state: 'detached' })
    await at('p').filter({ hasText: 'steps 4' }).waitFor()
    await app.edit('app/components/Plain.tsx', 'const [count] = [4]', 'const [count] = steps()')
  })
})

describe('in production', () => {
  beforeAll(async () => {
    expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9(['start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())

  it.each(cases)('the HTML is whole without behaviour, and the log has a line: $path', async (broken) => {
    opened = await openPage(browser)
    const response = await opened.page.goto(server.url + broken.path)
    expect(response?.status()).toBe(200)
    await expect.poll(async () => await at('main').textContent()).toContain(broken.shows)
    // Whatever else is on the page has its behaviour.
    await expect
      .poll(
        async () => {
          await at('.counter').click()
          return Number(await at('.counter').textContent())
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0)
    expect(await at('main').textContent()).toContain(broken.shows)
    expect(opened.troubles).toEqual([])
    await opened.close()
    await server.says(broken.says)
    const line = server
      .output()
      .split('\n')
      .find((one) => one.includes(broken.says))
    const { err } = JSON.parse(line ?? '{}')
    expect(err).toMatchObject({ code: broken.code, fix: expect.stringContaining(broken.fix) })
    expect([...(err.places ?? []), err.stack].join('\n')).toContain(
      broken.logged ?? broken.place.replace(/:\d+:\d+$/, ''),
    )
  })

  it.each(cases)('without scripts it is the same: $path', async (broken) => {
    opened = await openPage(browser, { javaScript: false })
    await opened.page.goto(server.url + broken.path)
    // What came late stands at the end of the page, and what stood for it is hidden.
    await at('body').getByText(broken.shows).waitFor()
    expect(await at('main i').filter({ visible: true }).count()).toBe(0)
    await opened.close()
  })
})

describe('asynchronous components', () => {
  const page = 'app/routes/asynchronous.tsx'
  const text = [
    "import type { PageProps } from 'layer9/routes'",
    '',
    "export default async function Page(_props: PageProps<'/asynchronous'>) {",
    '  const name = await Promise.resolve("Ada")',
    '  return <p>{name}</p>',
    '}',
    '',
  ].join('\n')
  const expectAdvice = (message: string | null) => {
    expect(message).toContain('is asynchronous')
    expect(message).toMatch(/loader.*Await/s)
  }
  afterEach(async () => await app.remove(page).catch(() => {}))

  it('are errors of the build, with the place', async () => {
    await app.write(page, text)
    const { code, out, err } = await runLayer9(['build'], { cwd: app.root })
    expect(code).not.toBe(0)
    expectAdvice(out + err)
    expect(out + err).toContain('asynchronous.tsx:3:16')
  })

  it('are errors on the overlay, those too that only turn out to be', async () => {
    await app.write(page, text)
    server = await startLayer9(['dev'], { cwd: app.root })
    opened = await openPage(browser)
    await opened.page.goto(`${server.url}/asynchronous`)
    expectAdvice(`${await overlay('message')}${await overlay('frame')}`)
    expect(await overlay('frame')).toContain('> 3 | export default async function Page')
    await opened.page.goto(`${server.url}/wrapped`)
    expectAdvice(await overlay('message'))
    await opened.close()
    await server.end()
  })

  it('answer with the error page in production, never with a hole', async () => {
    expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9(['start'], { cwd: app.root })
    const response = await fetch(`${server.url}/wrapped`)
    expect(response.status).toBe(500)
    await server.says('COMPONENT_ASYNCHRONOUS')
    await server.end()
  })
})
