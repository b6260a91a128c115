// A deployment while a page is open: the next click, call and form each do the right thing, and what was typed stays.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => await browser.close())

let server: RunningServer
let open: OpenPage

/** Builds what lies in the folder, and starts it in the place of what runs. */
async function deploy(): Promise<void> {
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  const port = server?.port
  await server?.end()
  server = await startLayer9(['start'], { cwd: app.root, env: port === undefined ? {} : { PORT: String(port) } })
}

/** The next version: other words, and a wish is said by another name. */
async function change(): Promise<void> {
  await app.edit('app/routes/index.tsx', 'Wishes one', 'Wishes two')
  await app.edit('app/routes/sent.tsx', 'Sent one', 'Sent two')
  await app.edit('app/api/wishes.ts', "'one'", "'two'")
}

/** A version that takes other input, with a form that sends it. */
async function changeInput(): Promise<void> {
  await change()
  await app.write('app/contracts/wish.ts', (await app.read('app/contracts/wish.ts')).replaceAll(/\bwish\b/g, 'hope'))
  await app.write('app/api/wishes.ts', (await app.read('app/api/wishes.ts')).replace('input.wish', 'input.hope'))
  await app.edit('app/components/Judge.tsx', '{ wish:', '{ hope:')
  await app.edit('app/routes/index.tsx', '{errors.wish}', '{errors.hope}')
  await app.edit(
    'app/routes/index.tsx',
    '<input name="wish"',
    '<input name="hope" aria-label="Hope" /><input name="wish"',
  )
}

beforeEach(async () => {
  app = await copyApp('tests/fixtures/deployed')
  // Otherwise the last server's port would be taken for this one's.
  server = undefined as never
  await deploy()
  open = await openPage(browser)
  await open.page.goto(server.url, { waitUntil: 'networkidle' })
})
afterEach(async () => {
  await open.close()
  await server.end()
  await app.delete()
})

const shows = async (heading: string) => await open.page.locator('h1', { hasText: heading }).waitFor()

async function fillIn(): Promise<void> {
  await open.page.getByLabel('Wish').fill('a pony')
  await open.page.getByLabel('Why').fill('two\nlines')
  await open.page.getByLabel('Soon').check()
}

async function expectFilled(): Promise<void> {
  expect(await open.page.getByLabel('Wish').inputValue()).toBe('a pony')
  expect(await open.page.getByLabel('Why').inputValue()).toBe('two\nlines')
  expect(await open.page.getByLabel('Soon').isChecked()).toBe(true)
}

describe('a deployment', () => {
  it('is met by the next click with a full load', async () => {
    await change()
    await deploy()
    await open.page.getByRole('link', { name: 'Sent' }).click()
    await shows('Sent two')
    await expect.poll(open.loads).toBe(2)
    expect(open.page.url()).toBe(`${server.url}/sent`)
  })

  it('answers calls of the old page as long as it understands them', async () => {
    await change()
    await deploy()
    await open.page.getByRole('button', { name: 'Version' }).click()
    await open.page.locator('output', { hasText: 'two' }).waitFor()
    await shows('Wishes one')
    expect(open.loads()).toBe(1)
  })

  it('takes the form of the old page, and goes on in the new one', async () => {
    await change()
    await deploy()
    await fillIn()
    await open.page.getByRole('button', { name: 'Send' }).click()
    await shows('Sent two')
    await expect.poll(open.loads).toBe(2)
  })

  it('loses nothing when it is while a form is filled in', async () => {
    await fillIn()
    await change()
    await deploy()
    await open.page.getByRole('link', { name: 'Sent' }).click()
    await shows('Sent two')
    await open.page.goBack()
    await shows('Wishes')
    await expectFilled()
  })
})

describe('stale', () => {
  it('calls load the page again, with what was typed', async () => {
    await changeInput()
    await deploy()
    await fillIn()
    await open.page.getByRole('button', { name: 'Judge' }).click()
    await shows('Wishes two')
    await expectFilled()
    await open.page.getByRole('button', { name: 'Judge' }).click()
    await open.page.locator('output', { hasText: 'tea: granted' }).waitFor()
  })

  it('calls of what is gone do so too', async () => {
    await app.edit('app/api/wishes.ts', 'export const version', 'export const release')
    await app.edit('app/components/Judge.tsx', 'judge, version', 'judge, release as version')
    await app.edit('app/routes/index.tsx', 'Wishes one', 'Wishes two')
    await deploy()
    await fillIn()
    await open.page.getByRole('button', { name: 'Version' }).click()
    await shows('Wishes two')
    await expectFilled()
    await open.page.getByRole('button', { name: 'Version' }).click()
    await open.page.locator('output', { hasText: 'one' }).waitFor()
  })

  it('forms that are refused load the page again, with what was typed', async () => {
    await changeInput()
    await deploy()
    await fillIn()
    await open.page.getByRole('button', { name: 'Send' }).click()
    await shows('Wishes two')
    await expect.poll(open.loads).toBe(2)
    await expectFilled()
    await open.page.getByLabel('Hope').fill('a pony')
    await open.page.getByRole('button', { name: 'Send' }).click()
    await shows('Sent two')
  })

  it('forms whose action is gone do so too', async () => {
    await app.write(
      'app/api/wishes.ts',
      (await app.read('app/api/wishes.ts')).replace('export const send', 'export const sent'),
    )
    await app.write('app/routes/index.tsx', (await app.read('app/routes/index.tsx')).replaceAll(/\bsend\b/g, 'sent'))
    await app.edit('app/routes/index.tsx', 'Wishes one', 'Wishes two')
    await deploy()
    await fillIn()
    await open.page.getByRole('button', { name: 'Send' }).click()
    await shows('Wishes two')
    await expectFilled()
    await open.page.getByRole('button', { name: 'Send' }).click()
    await shows('Sent one')
  })
})
