import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { describe, expect, it, vi } from 'vitest'
import { drawError } from '../../1-contracts/index.ts'
import { canaryOf, canaryPlugin } from './canary.ts'
import { proveBrowser } from './prove.ts'
import { tree, write } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const server = `import { db } from '~/data/db'
/** Publishes a post and tells everybody who follows its author. */
export async function publishAndNotify(post: { id: string }): Promise<string> {
  const subscribers = await db.findSubscribersOf(post.id)
  return \`published for \${subscribers.length} subscribers of the board\`
}
`
const app = {
  'app/services/posts.ts': server,
  'app/data/db.ts': 'export const db = { findSubscribersOf: async (id: string) => [id, id + "-of-the-database"] }',
  'app/api/posts.ts': `import { publishAndNotify } from '~/services/posts'\nexport const publish = publishAndNotify`,
  'app/routes/index.ts': 'document.title = "Board"',
}

/** Leaks as code, file and what leaked. */
function leaksOf(root: string, options: Partial<Parameters<typeof proveBrowser>[0]> = {}) {
  const leaks = proveBrowser({ root, outDir: join(root, 'out'), env: {}, ...options })
  return leaks.map(({ code, data }) => [code, ...Object.values(data as object)])
}

async function bundle(root: string, plugins: Plugin[] = [], sourcemap = false) {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: [{ find: /^~\//, replacement: `${root}/app/` }] },
    plugins: [canaryPlugin({ root }), ...plugins],
    build: {
      outDir: join(root, 'out'),
      sourcemap,
      rolldownOptions: { input: join(root, 'app/routes/index.ts'), output: { entryFileNames: '[name].js' } },
    },
  })
  return (built as Rolldown.RolldownOutput).output
}

describe('proveBrowser after a real build', () => {
  it('holds for an app that keeps its server to itself', async () => {
    const root = tree(app)
    const output = await bundle(root, [], true)
    expect(leaksOf(root, { output })).toEqual([])
  })

  it('finds a server module that was bundled, by the chunk’s list and by its canary', async () => {
    const root = tree({
      ...app,
      'app/routes/index.ts': `import { publishAndNotify } from '~/services/posts'\nconsole.log(publishAndNotify)`,
    })
    const output = await bundle(root)
    expect(leaksOf(root, { output })).toEqual([
      ['LEAK_MODULE', 'index.js', 'app/data/db.ts'],
      ['LEAK_MODULE', 'index.js', 'app/services/posts.ts'],
      ['LEAK_CANARY', 'index.js', 'app/data/db.ts'],
      ['LEAK_CANARY', 'index.js', 'app/services/posts.ts'],
    ])
  })

  it('finds the source in a source map', async () => {
    const root = tree({
      ...app,
      'app/routes/index.ts': `import { publishAndNotify } from '~/services/posts'\nconsole.log(publishAndNotify)`,
    })
    await bundle(root, [], true)
    expect(leaksOf(root)).toContainEqual(['LEAK_SOURCE', 'index.js.map', 'app/services/posts.ts'])
  })

  it('finds an api module that was bundled in place of its stub', async () => {
    const root = tree({ ...app, 'app/routes/index.ts': `import { publish } from '~/api/posts'\nconsole.log(publish)` })
    await bundle(root)
    expect(leaksOf(root)).toContainEqual(['LEAK_CANARY', 'index.js', 'app/api/posts.ts'])
  })

  it.each(['raw', 'url', 'inline'])('finds the source that ?%s brings along', async (query) => {
    const root = tree({
      ...app,
      'app/routes/index.ts': `import text from '../services/posts.ts?${query === 'raw' ? 'raw' : `url${query === 'inline' ? '&inline' : ''}`}'\nconsole.log(text)`,
    })
    await bundle(root)
    expect(leaksOf(root).map(([code, , module]) => [code, module])).toContainEqual([
      'LEAK_SOURCE',
      'app/services/posts.ts',
    ])
  })

  it('finds the value of a variable that was written into a module', async () => {
    const root = tree({ ...app, 'app/routes/index.ts': 'console.log(KEY)' })
    const define: Plugin = {
      name: 'define',
      config: () => ({ define: { KEY: JSON.stringify('sk_live_"0123456789') } }),
    }
    await bundle(root, [define])
    const env = { STRIPE_KEY: 'sk_live_"0123456789', OTHER: 'not in any file' }
    expect(leaksOf(root, { env })).toEqual([['LEAK_ENVIRONMENT', 'index.js', 'STRIPE_KEY']])
  })
})

describe('proveBrowser', () => {
  it('names file, module and way out, and never repeats a value', () => {
    const root = tree({ ...app, 'out/a.js': `x="${canaryOf('app/data/db.ts')}"`, 'out/b.html': 'very-secret-value' })
    const [canary, environment] = proveBrowser({ root, outDir: join(root, 'out'), env: { TOKEN: 'very-secret-value' } })
    expect(drawError(canary!)).toContain('LEAK_CANARY  a.js holds code of app/data/db.ts, a module of the server.')
    expect(drawError(environment!)).toContain(
      'LEAK_ENVIRONMENT  b.html holds the value of the environment variable TOKEN.',
    )
    expect(JSON.stringify(environment) + drawError(environment!)).not.toContain('very-secret-value')
  })

  it.each([
    ['as it is', 'p@ss "word" é'],
    ['in JSON', JSON.stringify('p@ss "word" é')],
    ['in a URL', encodeURIComponent('p@ss "word" é')],
    ['in base64', Buffer.from('p@ss "word" é').toString('base64')],
    [
      'in a data URL',
      `data:text/plain;base64,${Buffer.from('and so on: p@ss "word" é, and so on').toString('base64')}`,
    ],
  ])('finds a value %s', (_, text) => {
    const root = tree({ 'out/deep/a.css': `.a { content: "${text}" }` })
    expect(leaksOf(root, { env: { PASSWORD: 'p@ss "word" é' } })).toEqual([
      ['LEAK_ENVIRONMENT', 'deep/a.css', 'PASSWORD'],
    ])
  })

  it('passes over values that are short, public, or the machine’s own', () => {
    const root = tree({ 'out/a.js': '"production" "short12" "https://public.example" "/home/somebody"' })
    const env = {
      NODE_ENV: 'production',
      MODE: 'short12',
      VITE_URL: 'https://public.example',
      HOME: '/home/somebody',
      EMPTY: '',
      BLANK: '            ',
    }
    expect(leaksOf(root, { env })).toEqual([])
    expect(leaksOf(root, { env, publicPrefixes: ['PUBLIC_'] })).toEqual([['LEAK_ENVIRONMENT', 'a.js', 'VITE_URL']])
  })

  it('does not take for a leak what browser modules say too, or a line by chance', () => {
    const line = 'export const sentence = "the same sentence in both of them"'
    const root = tree({
      'app/services/a.ts': `${line}\nconst secondLineOfTheServerAlone = "one"\nconst thirdLineOfTheServerAlone = "two"\nconst fourthLineOfTheServerAlone = 3\n`,
      'app/contracts/b.ts': line,
    })
    write(root, 'out/a.js', `${line}\nconst secondLineOfTheServerAlone = "one"`)
    expect(leaksOf(root)).toEqual([])
    write(
      root,
      'out/a.js',
      `const secondLineOfTheServerAlone = "one"\nconst thirdLineOfTheServerAlone = "two"\n  const fourthLineOfTheServerAlone = 3`,
    )
    expect(leaksOf(root)).toEqual([['LEAK_SOURCE', 'a.js', 'app/services/a.ts']])
  })

  it('passes over pictures and compressed copies', () => {
    const root = tree({ 'out/a.png': '\0very-secret-value', 'out/a.js.br': 'very-secret-value' })
    expect(leaksOf(root, { env: { TOKEN: 'very-secret-value' } })).toEqual([])
  })
})
