// Assets of earlier builds: a page that is open was made by one of them, and asks for what it has not loaded yet.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let app: AppCopy
/** What the document of each build names, the first build's first. */
const generations: string[][] = []
let server: RunningServer

/** Builds the app as it is, and notes the assets that its front page names. */
const build = async (): Promise<void> => {
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
  const html = await (await fetch(server.url)).text()
  generations.push(Array.from(html.matchAll(/"(\/_layer9\/assets\/[^"]+)"/g), ([, url = '']) => url))
}

beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  await build()
  const labels = ['add', 'one more', 'plus one', 'another']
  for (const [index, label] of labels.slice(1).entries()) {
    await server.end()
    await app.edit('app/components/Counter.tsx', labels[index] ?? '', label)
    await app.edit('app/components/site.css', '\n', `\n.build-${index} { color: red }\n`)
    await build()
  }
})
afterAll(async () => {
  await server?.end()
  await app.delete()
})

const statuses = async (urls: readonly string[] = []) =>
  await Promise.all(urls.map(async (url) => (await fetch(server.url + url)).status))

describe('old assets', () => {
  it('of the last three builds are served, scripts and style sheets', async () => {
    const [, second = [], third = [], fourth = []] = generations
    for (const urls of [second, third, fourth]) {
      expect(urls.some((url) => url.endsWith('.js')) && urls.some((url) => url.endsWith('.css'))).toBe(true)
      expect(new Set(await statuses(urls))).toEqual(new Set([200]))
    }
    expect(second).not.toEqual(third)
    expect(third).not.toEqual(fourth)
  })

  it('of the build before them are gone, but for those that did not change', async () => {
    const [first = [], ...later] = generations
    const own = first.filter((url) => !later.flat().includes(url))
    expect(own.some((url) => url.includes('Counter')) && own.some((url) => url.endsWith('.css'))).toBe(true)
    expect(new Set(await statuses(own))).toEqual(new Set([404]))
    expect(new Set(await statuses(first.filter((url) => !own.includes(url))))).toEqual(new Set([200]))
  })

  it('are kept for ever by browsers, and sent compressed, as those of the newest', async () => {
    const url = generations[1]?.find((one) => one.endsWith('.js')) ?? ''
    const { headers } = await fetch(server.url + url, { headers: { 'accept-encoding': 'br' } })
    expect(headers.get('cache-control')).toContain('immutable')
    expect(headers.get('content-encoding')).toBe('br')
  })

  it('are not pushed out by builds of the same sources', async () => {
    const files = async () => Object.keys(JSON.parse(await app.read('.layer9/build/server/manifest.json')).files).sort()
    const before = await files()
    for (let time = 0; time < 3; time++) await runLayer9(['build'], { cwd: app.root })
    expect(await files()).toEqual(before)
  })
})
