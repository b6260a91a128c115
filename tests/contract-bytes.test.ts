// What of a contract a browser is sent: what its code names of it, as data, and what validates where it validates. The same
// bytes on every machine, and in development the same answers.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** The pages of the app, each with one root that names something of a contract, or nothing. */
const pages = ['/', '/beside', '/label', '/limits', '/validated', '/part', '/entire'] as const
type Path = (typeof pages)[number]

/** What a page answered when it was asked, and the scripts that it loaded for it. */
interface Visited {
  readonly said: string
  readonly code: string
  /** With gzip. */
  readonly bytes: number
  readonly troubles: readonly string[]
}

let app: AppCopy
let browser: Browser
let built: Record<Path, Visited>
let developed: Record<Path, Visited>

async function visit({ url }: RunningServer, path: Path): Promise<Visited> {
  const { page, troubles, close } = await openPage(browser)
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  await page.goto(url + path, { waitUntil: 'networkidle' })
  await page.getByRole('button').click()
  await page.locator('output:not(:empty)').waitFor()
  const said = (await page.locator('output').textContent()) ?? ''
  const files = await Promise.all(scripts)
  await close()
  const bytes = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)
  return { said, code: Buffer.concat(files).toString(), bytes, troubles }
}

async function visitAll(server: RunningServer): Promise<Record<Path, Visited>> {
  const visited: [Path, Visited][] = []
  for (const path of pages) visited.push([path, await visit(server, path)])
  await server.end()
  // Each of the paths has been visited.
  return Object.fromEntries(visited) as Record<Path, Visited>
}

beforeAll(async () => {
  app = await copyApp('tests/fixtures/shop')
  browser = await openBrowser()
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  built = await visitAll(await startLayer9(['start'], { cwd: app.root }))
  developed = await visitAll(await startLayer9(['dev'], { cwd: app.root }))
})
afterAll(async () => {
  await browser?.close()
  await app?.delete()
})

/** Asks the root of a page until it says a text: what changed may be on its way to the browser. */
async function shows(page: Page, text: string): Promise<void> {
  const ask = async () => {
    await page.getByRole('button').click()
    return await page.locator('output').textContent()
  }
  await expect.poll(ask, { timeout: 15_000 }).toContain(text)
}

/** What the page costs more than one whose root names no contract. */
const costOf = (path: Path): number => built[path].bytes - built['/'].bytes

const labels = [
  'Title of the product',
  'Description in many words',
  'Size of the product',
  'Price in euro',
  'How many there are',
  'Page of the maker',
  'Who makes it',
  'Name of the company',
]

/** What stands in the code of each validator, and of what makes contracts. */
const validators = {
  text: 'text.max',
  number: 'number.max',
  decimal: 'decimal',
  oneOf: 'oneOf',
  url: 'username',
  json: 'value.computed',
}

const labelsIn = ({ code }: Visited): string[] => labels.filter((label) => code.includes(label))
const validatorsIn = ({ code }: Visited): string[] =>
  Object.entries(validators).flatMap(([kind, text]) => (code.includes(text) ? [kind] : []))

/** What the server alone may see, and how it is called. */
const privateColumns = `import { database, table } from 'layer9/data'
import { text } from 'layer9/contracts'
import { Product } from '~/contracts/product'

const hidden = { boughtFrom: text({ label: 'Whom we have it from' }).optional() }
export const db = database({ products: table(Product, { private: hidden }) })
`

const productsApi = `import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { listProducts } from '~/services/products'

export const products = query({ access: everyone, handler: async () => await listProducts() })
`

const productsService = `import { db } from '~/data/db'

export const listProducts = async () => await db.selectFrom('products').selectAll().execute()
`

const productsRoot = `import { useState } from 'layer9/components'
import { products } from '~/api/products'
import { Say } from '~/components/Say'
import { Product } from '~/contracts/product'

export function Listed() {
  const [said, setSaid] = useState('')
  return <Say said={said} say={async () => setSaid(Product.name + JSON.stringify(await products()))} />
}
`

describe('what ships', () => {
  it('the named fields alone', () => {
    expect(labelsIn(built['/label'])).toEqual(['Title of the product'])
    expect(labelsIn(built['/limits'])).toEqual(['Title of the product'])
    // Validating needs no words; and of a contract whose fields nobody wrote out, all may be meant.
    expect(labelsIn(built['/part'])).toEqual([])
    expect(labelsIn(built['/entire'])).toEqual(labels)
  })

  it('descriptions in place of code', () => {
    expect(built['/limits'].said).toBe(
      '{"kind":"text","max":80,"min":1,"label":"Title of the product","pattern":"[^<>]*"}',
    )
    expect(validatorsIn(built['/label'])).toEqual([])
    expect(validatorsIn(built['/limits'])).toEqual([])
    expect(validatorsIn(built['/validated'])).toEqual(['text'])
    expect(validatorsIn(built['/part'])).toEqual(['text', 'number', 'decimal'])
    expect(validatorsIn(built['/entire'])).toEqual(Object.keys(validators))
    // What makes contracts and refuses mistakes in them has done its work.
    for (const path of pages.filter((one) => one !== '/entire')) {
      expect(built[path].code).not.toMatch(/CONTRACT_|JSON_SCHEMA|draft-2020-12|isLong|"?mayBeTitle/)
    }
  })

  it('what validates where it is called', () => {
    expect(JSON.parse(built['/validated'].said)).toMatchObject({ issues: [{ code: 'required', path: [] }] })
    expect(JSON.parse(built['/part'].said)).toEqual({
      title: 'Use at most 80 characters.',
      price: expect.stringContaining('0.01'),
      stock: 'Write a whole number.',
    })
    const fields = ['id', 'title', 'body', 'size', 'price', 'stock', 'page', 'maker', 'madeAt']
    const said = JSON.parse(built['/entire'].said)
    expect(said).toEqual(['products', ['id'], fields, expect.arrayContaining(labels.slice(0, 7)), 'fine'])
  })

  it('the same answers as in development', () => {
    for (const path of pages) {
      expect({ path, said: developed[path].said }).toEqual({ path, said: built[path].said })
      expect({ path, troubles: [...developed[path].troubles, ...built[path].troubles] }).toEqual({ path, troubles: [] })
    }
  })

  it('nothing of private columns', async () => {
    const shop = await copyApp('tests/fixtures/shop')
    for (const folder of ['data', 'api', 'services']) await mkdir(join(shop.root, 'app', folder))
    await shop.write('app/data/db.ts', privateColumns)
    await shop.write('app/services/products.ts', productsService)
    await shop.write('app/api/products.ts', productsApi)
    await shop.write('app/components/Label.tsx', productsRoot.replace('Listed', 'Label'))
    expect(await runLayer9(['build'], { cwd: shop.root })).toMatchObject({ code: 0, err: '' })
    const folder = join(shop.root, '.layer9/build')
    const textsIn = async (side: string): Promise<string> => {
      const files = await readdir(join(folder, side), { recursive: true, withFileTypes: true })
      const texts = files.map(async (file) =>
        file.isFile() ? await readFile(join(file.parentPath, file.name), 'utf8') : '',
      )
      return (await Promise.all(texts)).join('')
    }
    const secret = /boughtFrom|Whom we have it from/
    expect(await textsIn('server')).toMatch(secret)
    const shipped = await textsIn('client')
    expect(shipped).toContain('products')
    expect(shipped).not.toMatch(secret)
    await shop.delete()
  })
})

describe('bytes', () => {
  it('of one field', () => {
    // Its label is that text, what it says of itself one object; what validates it is some code, once for all that validates.
    expect(costOf('/label')).toBeLessThanOrEqual(30)
    expect(costOf('/limits')).toBeLessThanOrEqual(90)
    expect(costOf('/validated')).toBeLessThanOrEqual(1_800)
    // Three kinds, and `validate` with what it throws.
    expect(costOf('/part')).toBeLessThanOrEqual(3_000)
  })

  it('are none where no contract is named', () => {
    const { code } = built['/beside']
    // The function that the root does name.
    expect(costOf('/beside')).toBeLessThanOrEqual(60)
    expect([labelsIn(built['/beside']), validatorsIn(built['/beside'])]).toEqual([[], []])
    expect(code).not.toMatch(/kind:|standard|issues/)
  })
})

describe('in development', () => {
  it('a changed contract is shown, around a root that stays', async () => {
    const server = await startLayer9(['dev'], { cwd: app.root })
    const { page, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/limits`, { waitUntil: 'networkidle' })
    await shows(page, '"Title of the product"')
    await app.edit('app/contracts/product.ts', 'Title of the product', 'What it is called')
    await shows(page, '"What it is called"')
    // A module that the contract is made of.
    await app.edit('app/contracts/lengths.ts', '80', '90')
    await shows(page, '"max":90')
    expect(loads()).toBe(1)
    await close()
    await server.end()
  })
})

describe('a contract that is not pure', () => {
  it('ends a build and a check with its line, and is shown in development until it is mended', async () => {
    const shop = await copyApp('tests/fixtures/shop')
    await shop.edit('app/contracts/lengths.ts', '= 80', "= Number(process.env['LENGTH'] ?? 80)")
    const told =
      /CONTRACT_IMPURE {2}A contract depends on the environment[\s\S]*app\/contracts\/lengths\.ts:2:34[\s\S]*> 2 \| export const lineLength/
    const built = await runLayer9(['build'], { cwd: shop.root })
    expect(built.code).toBe(1)
    expect(built.err).toMatch(told)
    const checked = await runLayer9(['check'], { cwd: shop.root })
    expect(checked.code).toBe(1)
    expect(checked.out + checked.err).toMatch(told)
    const server = await startLayer9(['dev'], { cwd: shop.root })
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/label`)
    const overlay = page.locator('vite-error-overlay .message')
    expect(await overlay.textContent()).toContain('depends on the environment')
    await shop.edit('app/contracts/lengths.ts', "Number(process.env['LENGTH'] ?? 80)", '70')
    await overlay.waitFor({ state: 'detached' })
    await shows(page, 'Title of the product')
    await close()
    await server.end()
    await shop.delete()
  })
})
