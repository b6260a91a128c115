import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findAppFiles, isEntry } from './app-files.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'layer9-files-'))
})
afterEach(async () => await rm(root, { recursive: true, force: true }))

const write = async (...paths: string[]) => {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), '')
  }
}

describe('findAppFiles', () => {
  it('lists what each folder gives the server, sorted', async () => {
    await write('app/routes/index.tsx', 'app/routes/posts/[id].tsx', 'app/api/posts.ts', 'app/api/admin/users.ts')
    await write('app/middleware/index.ts', 'app/middleware/session.ts', 'app/components/A.tsx', 'app/styles.css')
    await write('app/platform/env.ts', 'app/platform/mail.ts')
    expect(findAppFiles(root)).toEqual({
      routes: ['index.tsx', 'posts/[id].tsx'],
      api: ['admin/users.ts', 'posts.ts'],
      middleware: 'index.ts',
      env: 'env.ts',
      sources: [
        'app/api/admin/users.ts',
        'app/api/posts.ts',
        'app/components/A.tsx',
        'app/middleware/index.ts',
        'app/middleware/session.ts',
        'app/platform/env.ts',
        'app/platform/mail.ts',
        'app/routes/index.tsx',
        'app/routes/posts/[id].tsx',
      ],
    })
  })

  it('leaves out tests, declarations and styles', async () => {
    await write('app/routes/index.tsx', 'app/routes/index.test.tsx', 'app/routes/index.css', 'app/routes/types.d.ts')
    await write('app/api/posts.test.ts', 'app/api/posts.test-d.ts')
    expect(findAppFiles(root)).toMatchObject({ routes: ['index.tsx'], api: [], middleware: undefined })
  })

  it('says that there is no app', () => {
    expect(() => findAppFiles(root)).toThrow(expect.objectContaining({ code: 'APP_FOLDER_MISSING', data: { root } }))
  })
})

describe('isEntry', () => {
  it.each([
    ['app/routes/index.tsx', true],
    ['app/api/posts.ts', true],
    ['app/middleware/index.ts', true],
    ['app/middleware/session.ts', false],
    ['app/platform/env.ts', true],
    ['app/platform/env.test.ts', false],
    ['app/platform/mail.ts', false],
    ['app/components/A.tsx', false],
    ['app/routes/style.css', false],
    ['app/routes/index.test.tsx', false],
    ['public/app/routes/index.tsx', false],
  ])('%s: %s', (path, expected) => {
    expect(isEntry(path)).toBe(expected)
  })
})
