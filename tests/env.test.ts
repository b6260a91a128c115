// Settings of an app: checked when its process starts, not when it is built, and known to the server alone.
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFiles } from '../src/host/vite/app-files.ts'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

const settings = `import { integer, text, url } from 'layer9/contracts'
import { env } from 'layer9/platform'

export const settings = env({
  SHOP_SITE: url(),
  SHOP_KEY: text({ min: 8 }),
  SHOP_SIZE: integer({ min: 1 }).default(20),
})
`

const procedure = `import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { schema } from 'layer9/contracts'
import { settings } from '~/platform/env'

export const pageSize = query({
  access: everyone,
  input: schema({}),
  handler: async () => settings.SHOP_KEY === 'swordfish' ? settings.SHOP_SIZE : 0,
})
`

const page = `import type { PageProps } from 'layer9/routes'
import { pageSize } from '~/api/shop'

export const loader = async () => ({ size: await pageSize({}) })
export default function Shop({ data }: PageProps<typeof loader>) {
  return <output>{data.size} a page</output>
}
`

const good = { SHOP_SITE: 'https://shop.example', SHOP_KEY: 'swordfish' }
const wrong = { SHOP_SITE: 'swordfish.example' }
const message = [
  'ENV_INVALID  2 environment variables are missing or wrong:',
  '    SHOP_SITE is wrong: it takes a web address, like https://example.org',
  '    SHOP_KEY is missing: it takes a text of 8 characters or more',
].join('\n')

let app: AppCopy
beforeAll(async () => {
  app = await copyApp('examples/counter')
  await mkdir(join(app.root, 'app/platform'))
  await mkdir(join(app.root, 'app/api'))
  await app.write('app/platform/env.ts', settings)
  await app.write('app/api/shop.ts', procedure)
  await app.write('app/routes/shop.tsx', page)
  // None of the variables is there, as on a machine that only builds.
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
})
afterAll(async () => await app?.delete())

const using = async (given: string[], env: Record<string, string>, look: (server: RunningServer) => Promise<void>) => {
  const server = await startLayer9(given, { cwd: app.root, env })
  await look(server).finally(async () => await server.end())
}

describe('settings', () => {
  it('of the process that is started are what counts: a build needs none', async () => {
    await using(['start'], { ...good, SHOP_SIZE: '50' }, async ({ url }) => {
      expect(await (await fetch(`${url}/shop`)).text()).toContain('<output>50 a page</output>')
    })
    await using(['start'], good, async ({ url }) => {
      expect(await (await fetch(`${url}/shop`)).text()).toContain('<output>20 a page</output>')
    })
  })

  it.each([
    ['alone', []],
    ['with workers', ['--workers', '2']],
  ])('that are wrong end a start before it listens, %s', async (_, options) => {
    const { code, out, err } = await runLayer9(['start', ...options], { cwd: app.root, env: { ...wrong, PORT: '0' } })
    expect(code).toBe(1)
    expect(out + err).toContain(message)
    expect(out + err).toContain('Fix: Set SHOP_SITE, SHOP_KEY where the process is started')
    expect(out + err).not.toContain('Listening')
    expect(out + err).not.toContain('swordfish')
  })

  it('that are wrong are shown in development on every page, with their place, until it is started with others', async () => {
    await using(['dev'], wrong, async ({ url, output, says }) => {
      const answer = await fetch(url)
      const html = await answer.text()
      expect(answer.status).toBe(500)
      expect(html).toContain(message)
      expect(html).toContain('export const settings = env({')
      expect(html).not.toContain('swordfish')
      await says(message)
      await says('app/platform/env.ts:4')
      expect(output()).not.toContain('swordfish')
    })
    await using(['dev'], good, async ({ url }) => {
      expect(await (await fetch(`${url}/shop`)).text()).toContain('20 a page')
    })
  })

  it('are read anew in development when they are declared otherwise', async () => {
    await using(['dev'], good, async ({ url }) => {
      expect((await fetch(url)).status).toBe(200)
      await app.edit('app/platform/env.ts', 'SHOP_SIZE:', 'SHOP_NEW: text(),\n  SHOP_SIZE:')
      await expect.poll(async () => await (await fetch(url)).text()).toContain('SHOP_NEW is missing')
      await app.edit('app/platform/env.ts', 'SHOP_NEW: text(),\n  ', '')
      await expect.poll(async () => (await fetch(url)).status).toBe(200)
    })
  })

  it('never reach the browser: neither names nor code, and not by an import above the wire', async () => {
    const client = join(app.root, '.layer9/build/client')
    const files = listFiles(client).map((file) => readFileSync(join(client, file), 'latin1'))
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((text) => /SHOP_|ENV_INVALID/.test(text))).toEqual([])
    await using(['start'], good, async ({ url }) => {
      expect(await (await fetch(`${url}/shop`)).text()).not.toMatch(/SHOP_|swordfish/)
    })
    const above = `import { settings } from '~/platform/env'\nexport default () => <p>{settings.SHOP_SITE}</p>\n`
    await app.write('app/routes/above.tsx', above)
    const { code, out, err } = await runLayer9(['check'], { cwd: app.root })
    await app.remove('app/routes/above.tsx')
    expect(code).toBe(1)
    expect(out + err).toContain('app/routes/above.tsx:1')
    expect(out + err).toContain('platform')
  })
})
