import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DevEnvironment } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerInspector, explainElement } from './inspector-answer.ts'
import type { InspectorQuestion } from './inspector-words.ts'

let root: string
const likes = `export function Likes({ count }) {
  const [n, set] = useState(count)
  return <b>{n}</b>
}
`
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'layer9-inspector-'))
  for (const folder of ['components', 'services']) {
    await mkdir(`${root}/app/${folder}`, { recursive: true })
    await writeFile(`${root}/app/${folder}/Likes.tsx`, likes)
  }
})
afterAll(async () => await rm(root, { recursive: true }))

const question: InspectorQuestion = {
  id: 1,
  tag: 'b',
  place: 'app/components/Likes.tsx:3:10',
  isOwn: true,
  root: null,
  inSlot: false,
}
const given = { module: 'app/components/Likes.tsx', name: 'Likes', start: null, props: 120, largest: null }

const explain = async (asked: Partial<InspectorQuestion>) => {
  const { title, rows } = await explainElement({ ...question, ...asked }, root)
  return { title, ...Object.fromEntries(rows) }
}

describe('explainElement', () => {
  it('tells of a root that waits, and which of its props is most of them', async () => {
    const largest = { name: 'posts', bytes: 100 }
    expect(await explain({ root: { ...given, start: 'visible', largest } })).toEqual({
      title: 'Likes',
      element: '<b>',
      file: 'app/components/Likes.tsx:3:10',
      layer: 'components, 8',
      kind: 'live root, waits until visible: line 2 calls useState',
      code: 'unknown until `layer9 build`',
      props: '120 B in the document, given to the root, 100 B of it as "posts"',
    })
  })

  it('tells of the root around another component', async () => {
    const facts = await explain({ place: 'app/components/Gone.tsx:1:1', root: given })
    expect(facts).toMatchObject({
      title: 'no component',
      root: 'Likes, app/components/Likes.tsx: line 2 calls useState',
    })
  })

  it('tells of what no app wrote', async () => {
    expect(await explain({ place: null })).toEqual({
      title: '<b>',
      element: 'written by Layer9 itself, or by a script',
    })
  })

  it.each([
    'app/services/Likes.tsx',
    'app/components/../services/Likes.tsx',
    '/etc/passwd',
    'app/components/Likes.css',
  ])('reads nothing of %s', async (file) => {
    const facts = await explain({ place: `${file}:3:10`, root: { ...given, module: file } })
    expect(facts).toMatchObject({ title: 'no component', root: `Likes, ${file}` })
  })
})

describe('answerInspector', () => {
  it.each([
    ['nothing', undefined],
    ['a place that is none', { ...question, place: 'app' }],
    ['no number', { ...question, id: '1' }],
    ['no tag', { ...question, tag: {} }],
    ['a root without a module', { ...question, root: { name: 'Likes' } }],
  ])('gives no answer to %s', async (_, asked) => {
    let ask: ((given: unknown, page: { send(name: string, data: unknown): void }) => Promise<void>) | undefined
    const on = (_name: string, listener: typeof ask) => {
      ask = listener
    }
    answerInspector({ hot: { on } } as unknown as DevEnvironment, root)
    const sent: unknown[] = []
    const page = { send: (name: string, data: unknown) => void sent.push([name, data]) }
    await ask?.(asked, page)
    expect(sent).toEqual([])
    await ask?.(question, page)
    expect(sent).toEqual([['layer9:inspected', expect.objectContaining({ id: 1, title: 'Likes' })]])
  })
})
