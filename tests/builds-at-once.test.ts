// Two builds of one app at the same time, as a watcher and a person start them, and what a build that ended early leaves.
import { mkdir, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9, startLayer9 } from './harness/command.ts'

let app: AppCopy
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
})
afterAll(async () => await app.delete())

const build = async () => await runLayer9(['build'], { cwd: app.root })
const builds = async () => (await readdir(join(app.root, '.layer9'))).filter((name) => name.startsWith('build'))

describe('builds at once', () => {
  it('all succeed, and leave one that starts', async () => {
    for (const ended of await Promise.all([build(), build(), build()]))
      expect(ended).toMatchObject({ code: 0, err: '' })
    expect(await builds()).toEqual(['build'])
    const server = await startLayer9(['start'], { cwd: app.root })
    expect((await fetch(`${server.url}/about`)).status).toBe(200)
    await server.end()
  })
})

describe('a build that fails', () => {
  it('leaves the last one, and nothing of itself', async () => {
    await app.write('app/routes/broken-syntax.tsx', 'export default function Page() { return <p> }\n')
    expect(await build()).toMatchObject({ code: 1 })
    await app.remove('app/routes/broken-syntax.tsx')
    expect(await builds()).toEqual(['build'])
    expect(await readdir(join(app.root, '.layer9/build/server'))).toContain('manifest.json')
  })

  it('is swept up by a later one when it was killed', async () => {
    const left = ['build-next', 'build-next-a1b2c3', 'build-next-d4e5f6']
    for (const name of left) await mkdir(join(app.root, '.layer9', name, 'client'), { recursive: true })
    const twoHoursAgo = Date.now() / 1000 - 7200
    for (const name of left.slice(0, 2)) await utimes(join(app.root, '.layer9', name), twoHoursAgo, twoHoursAgo)
    expect(await build()).toMatchObject({ code: 0, err: '' })
    // The fresh one may be a build that runs.
    expect(await builds()).toEqual(['build', 'build-next-d4e5f6'])
  })
})
