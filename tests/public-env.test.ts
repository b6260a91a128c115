// Public configuration, given when a server starts: one build, many environments.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

const component = `import { publicEnv } from 'layer9/contracts'
import { useState } from 'layer9/components'

// Read as soon as the module is loaded, on both sides.
const stage = publicEnv('PUBLIC_STAGE') ?? 'none'

export function Stage() {
  const [shown, show] = useState(stage)
  return (
    <p>
      <output>{shown}</output>
      <button type="button" onClick={() => show('browser: ' + publicEnv('PUBLIC_STAGE') + ' ' + publicEnv('PUBLIC_NONE'))}>
        show
      </button>
    </p>
  )
}
`

const page = `import { publicEnv } from 'layer9/contracts'
import { Stage } from '~/components/Stage'

export const head = () => ({ title: 'Stage ' + publicEnv('PUBLIC_STAGE') })

export default function StagePage() {
  return <Stage />
}
`

/** What would break out of an attribute, a script or a text. */
const odd = `</script><script>alert(1)</script>"'&\u2028ü`

let app: AppCopy
let browser: Browser
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  await app.write('app/components/Stage.tsx', component)
  await app.write('app/routes/stage.tsx', page)
  const env = { PUBLIC_STAGE: 'the build', SECRET_TEA: 'oolong' }
  expect(await runLayer9(['build'], { cwd: app.root, env })).toMatchObject({ code: 0, err: '' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

/** Starts the app in an environment, and ends it after. */
const within = async (
  command: 'dev' | 'start',
  env: Record<string, string>,
  look: (server: RunningServer) => Promise<void>,
) => {
  const server = await startLayer9([command], { cwd: app.root, env })
  await look(server).finally(async () => await server.end())
}

const documentOf = async ({ url }: RunningServer) => await (await fetch(`${url}/stage`)).text()
const buildOf = (html: string) => /<meta name="layer9" content="([^"]*)"/.exec(html)?.[1]

/** What the browser reads, with what it was told in the markup. */
const readInBrowser = async ({ url }: RunningServer) => {
  const { page: opened, troubles, close } = await openPage(browser)
  await opened.goto(`${url}/stage`)
  const output = opened.locator('output')
  const first = await output.textContent()
  await expect
    .poll(async () => {
      // The first press may come before the root is alive.
      await opened.getByRole('button', { name: 'show' }).click()
      return await output.textContent()
    })
    .toContain('browser: ')
  const later = await output.textContent()
  expect(troubles).toEqual([])
  await close()
  return { first, later }
}

describe('public variables', () => {
  it.each(['dev', 'start'] as const)('reach both sides under layer9 %s', async (command) => {
    await within(command, { PUBLIC_STAGE: odd, SECRET_TEA: 'oolong' }, async (server) => {
      expect(await readInBrowser(server)).toEqual({ first: odd, later: `browser: ${odd} undefined` })
      const html = await documentOf(server)
      expect(html).not.toContain('oolong')
      expect(html).not.toContain('<script>')
    })
  })

  it('are those of the start, not of the build: one build is all environments', async () => {
    const builds: (string | undefined)[] = []
    for (const stage of ['staging', 'production']) {
      await within('start', { PUBLIC_STAGE: stage }, async (server) => {
        const html = await documentOf(server)
        builds.push(buildOf(html))
        expect(html).toContain(`<title>Stage ${stage}</title>`)
        expect(html).not.toContain('the build')
        expect(await readInBrowser(server)).toEqual({ first: stage, later: `browser: ${stage} undefined` })
      })
    }
    expect(builds[0]).toEqual(expect.any(String))
    expect(builds[1]).toBe(builds[0])
  })

  it('cost nothing where there are none', async () => {
    await within('start', {}, async (server) => {
      const html = await documentOf(server)
      expect(html).not.toContain('data-env')
      expect(html).toContain('<output>none</output>')
    })
  })
})
