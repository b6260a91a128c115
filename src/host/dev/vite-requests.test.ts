import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createViteRequests } from './vite-requests.ts'

let root: string
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'layer9-requests-')))
  const files = ['app/routes/posts/[id].tsx', 'app/services/mail.ts', 'app/data/keys.json', 'public/logo.svg', '.env']
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), '')
  }
  await symlink(join(root, 'app/services/mail.ts'), join(root, 'app/routes/mail.ts'))
})
afterAll(async () => await rm(root, { recursive: true, force: true }))

/** What becomes of a request; headers as a browser's own module request has them. */
const judge = (url: string, headers: Record<string, string> = {}, options: { base?: string; method?: string } = {}) => {
  const message = { url, method: options.method ?? 'GET', headers: { 'sec-fetch-site': 'same-origin', ...headers } }
  // The judge reads these three fields alone.
  return createViteRequests({ root, base: options.base ?? '/' })(message as unknown as IncomingMessage)
}

describe('createViteRequests', () => {
  it.each([
    '/@vite/client',
    '/@id/__x00__virtual:layer9/dev',
    '/app/routes/posts/[id].tsx',
    '/app/routes/posts/%5Bid%5D.tsx?t=12',
    '/logo.svg',
    '/node_modules/x/y.js',
  ])('gives Vite %s', (url) => expect(judge(url)).toBe('vite'))

  it('leaves a file to the browser when the navigation of a page asks for it', () => {
    expect(judge('/logo.svg', { 'layer9-navigation': 'visit' })).toBe('no page')
  })

  it.each([
    '/',
    '/posts/1',
    '/app/routes/none.tsx',
    '/app/',
    '/.env',
    '/package.json',
    '/@vite',
    '/src/x.ts',
    `/${'a'.repeat(300)}`,
    `/app/${'a/'.repeat(3000)}`,
    '/%',
    '/a%00',
  ])('leaves %s to the app', (url) => expect(judge(url)).toBe('app'))

  it('leaves what is no read to the app', () => {
    expect(judge('/@vite/client', {}, { method: 'POST' })).toBe('app')
  })

  it.each(['/app/services/mail.ts', '/app/data/keys.json', '/app/services/mail.ts?raw', '/app/routes/mail.ts'])(
    'refuses %s, which leads to a layer of the server',
    (url) => expect(judge(url)).toEqual({ refused: expect.stringContaining('never leaves the server') }),
  )

  it('refuses the same by its path on the disk', () => {
    expect(judge(`/@fs${root}/app/services/mail.ts`)).toEqual({
      refused: expect.stringContaining('app/services/mail.ts'),
    })
  })

  it.each(['cross-site', 'same-site'])('refuses modules to a page that is %s', (site) => {
    expect(judge('/app/routes/posts/[id].tsx', { 'sec-fetch-site': site })).toEqual({ refused: expect.any(String) })
    expect(judge('/logo.svg', { 'sec-fetch-site': site })).toBe('vite')
  })

  it('does not climb', () => {
    expect(judge('/app/../.env')).toBe('app')
    expect(judge('/app/%2e%2e/.env')).toBe('app')
    expect(judge('/@fs/../../etc/passwd')).toBe('app')
  })

  it('looks below the base alone', () => {
    expect(judge('/shop/@vite/client', {}, { base: '/shop/' })).toBe('vite')
    expect(judge('/@vite/client', {}, { base: '/shop/' })).toBe('app')
  })
})
