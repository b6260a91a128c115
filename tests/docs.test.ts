import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Example, extractExamples } from '../scripts/docs.ts'
import { explainAll } from '../src/host/cli/explain.ts'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

const root = join(import.meta.dirname, '..')

/** Writes examples as the app that they are parts of, inside the repository, so that it finds layer9 and valibot. */
function writeApp(name: string, examples: readonly Example[]): string {
  const folder = join(root, 'test-results/docs', name)
  rmSync(folder, { recursive: true, force: true })
  const files = [
    ...examples,
    { file: 'tsconfig.json', text: '{ "files": [], "references": [{ "path": ".layer9" }] }' },
    { file: 'package.json', text: '{ "name": "docs-examples", "type": "module", "private": true }' },
  ]
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** `layer9 check`: layers, route types, and the types of the whole app. */
function check(folder: string) {
  const args = [join(root, 'bin/layer9.js'), 'check']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

const examplesOf = (pattern: string): Example[] =>
  globSync(pattern, { cwd: root }).flatMap((path) => extractExamples(readFileSync(join(root, path), 'utf8')))

describe('examples in docs', () => {
  it('are the parts of one app on the pages of the layers, which checks and type-checks', () => {
    const examples = examplesOf('docs/app/routes/layers/*.tsx')
    const files = examples.map((example) => example.file)
    expect(files.length).toBeGreaterThan(15)
    expect(new Set(files).size).toBe(files.length)
    expect(check(writeApp('layers', examples))).toMatchObject({ status: 0 })
  })

  it('are a whole app on the first page', () => {
    expect(check(writeApp('index', examplesOf('docs/app/routes/index.tsx')))).toMatchObject({ status: 0 })
  })

  it('would be noticed if they were wrong', () => {
    const wrong = { file: 'app/routes/index.tsx', text: "export default () => <p title={1 + ''}>{missing}</p>\n" }
    const { status, output } = check(writeApp('wrong', [wrong]))
    expect(status).toBe(1)
    expect(output).toContain('missing')
  })
})

describe('the documentation site', () => {
  const layers = ['routes', 'components', 'state', 'api', 'middleware', 'services', 'data', 'platform', 'contracts']
  let app: AppCopy
  let server: RunningServer
  let browser: Browser

  beforeAll(async () => {
    app = await copyApp('docs')
    const built = await runLayer9(['build'], { cwd: app.root })
    expect(built, built.out + built.err).toMatchObject({ code: 0 })
    server = await startLayer9(['start'], { cwd: app.root })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
    await app?.delete()
  })

  it('has a page for each layer, reached from the one above without a full load', async () => {
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/`)
    for (const layer of layers) {
      await page.locator('.ladder').getByRole('link', { name: layer }).click()
      await page.getByRole('heading', { level: 1, name: layer, exact: true }).waitFor()
      expect(await page.locator('.ladder [aria-current=page]').getAttribute('href')).toBe(`/layers/${layer}`)
    }
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })

  it('runs the example of the first page beside its text', async () => {
    const { page, troubles, close } = await openPage(browser)
    await page.goto(`${server.url}/`)
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: '+1' }).click()
        return await page.locator('.demo output').textContent()
      })
      .toMatch(/^Count: [1-9]/)
    expect(troubles).toEqual([])
    await close()
  })

  it('shows one signal in two roots', async () => {
    const { page, troubles, close } = await openPage(browser)
    await page.goto(`${server.url}/layers/state`)
    await expect
      .poll(async () => {
        await page.getByLabel('One').fill('only three words')
        return await page.getByLabel('The other').inputValue()
      })
      .toBe('only three words')
    expect(await page.locator('.demo output').allTextContents()).toEqual(['3 words', '3 words'])
    expect(troubles).toEqual([])
    await close()
  })

  it('has a page for every error code, reached from their list', async () => {
    const codes = (await explainAll()).map(({ code }) => code)
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/errors`)
    expect((await page.locator('.codes code').allTextContents()).sort()).toEqual(codes)
    await page.getByRole('link', { name: 'LAYER_UPWARD' }).click()
    await page.getByRole('heading', { level: 1, name: 'LAYER_UPWARD' }).waitFor()
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    for (const code of codes) expect((await fetch(`${server.url}/errors/${code}`)).status).toBe(200)
    expect((await fetch(`${server.url}/errors/NONE`)).status).toBe(404)
    await close()
  })

  it('is complete without scripts', async () => {
    const { page, close } = await openPage(browser, { javaScript: false })
    for (const layer of layers) {
      expect((await page.goto(`${server.url}/layers/${layer}`))?.status()).toBe(200)
      expect(await page.locator('h1').textContent()).toBe(layer)
    }
    expect((await page.goto(`${server.url}/layers/none`))?.status()).toBe(404)
    await close()
  })
})
