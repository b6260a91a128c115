// Tells the inspector of a page what made an element: the sources know which component, layer and mark, the last build
// what its root weighs.
import { readFile, stat } from 'node:fs/promises'
import type { DevEnvironment } from 'vite'
import { type FoundComponent, findComponentAt, findComponentNamed } from '../../8-components/build.ts'
import { readManifest } from '../build/build-files.ts'
import { buildFolder } from '../build/build-folder.ts'
import { measureRoot } from '../build/sizes.ts'
import { describeLayer, layerOfAppPath } from '../check/index.ts'
import { drawBytes } from '../draw-props.ts'
import { drawReason } from '../draw-reason.ts'
import type { InspectedRoot, InspectorAnswer, InspectorQuestion } from './inspector-words.ts'

/** Answers what inspectors ask, each page for itself. `root`: the app's folder. */
export function answerInspector(client: DevEnvironment, root: string): void {
  client.hot.on('layer9:inspect', async (given: unknown, page) => {
    const question = readQuestion(given)
    if (question) page.send('layer9:inspected', await explainElement(question, root))
  })
}

/** A module of the app with components: nothing else is read, whatever a script of a page asks for. */
const isOfComponents = (file: string): boolean =>
  /^app\/(?:components|routes)\/[^\\\0]+\.[jt]sx$/.test(file) && !/\/\.{1,2}\//.test(file)

const placed = /^([^\0\n]+):(\d{1,6}):(\d{1,6})$/

/** Any script of a page may send anything. */
function readQuestion(given: unknown): InspectorQuestion | undefined {
  const { id, tag, place, root } = (given ?? {}) as Partial<InspectorQuestion>
  if (typeof id !== 'number' || typeof tag !== 'string') return undefined
  if (place !== null && !placed.test(String(place))) return undefined
  if (root && !(typeof root.module === 'string' && typeof root.name === 'string')) return undefined
  // What is left are numbers and texts that are shown where they came from.
  return given as InspectorQuestion
}

/** What is known of an element. */
export async function explainElement(question: InspectorQuestion, appFolder: string): Promise<InspectorAnswer> {
  const { id, tag, place, root, inSlot } = question
  const [, file = '', line, column] = placed.exec(place ?? '') ?? []
  if (file === '') return { id, title: `<${tag}>`, rows: [['element', 'written by Layer9 itself, or by a script']] }
  const at = { line: Number(line), column: Number(column) }
  const component = await find(appFolder, file, (code) => findComponentAt(code, file, at))
  const isRoot = root?.module === file && !inSlot && component?.names.includes(root.name) === true
  const layer = layerOfAppPath(file)
  return {
    id,
    title: nameOf(component, file),
    rows: [
      ['element', question.isOwn ? `<${tag}>` : `<${tag}>, made by a script or as markup inside of`],
      ['file', `${file}:${line}:${column}`],
      ...(layer ? [['layer', describeLayer(layer)] as const] : []),
      ['kind', drawKind(question, component, isRoot)],
      ...(root && !isRoot ? [['root', await drawRoot(root, appFolder)] as const] : []),
      ['code', root && !inSlot ? await drawCode(appFolder, root.module) : 'none: it stays on the server'],
      ['props', root && !inSlot ? drawGiven(root) : 'none: what it is given stays on the server'],
    ],
  }
}

async function find(
  appFolder: string,
  file: string,
  look: (code: string) => FoundComponent | undefined,
): Promise<FoundComponent | undefined> {
  if (!isOfComponents(file)) return undefined
  try {
    return look(await readFile(`${appFolder}/${file}`, 'utf8'))
  } catch {
    // Gone, or just being written: the page that the change brings has other places.
    return undefined
  }
}

function nameOf(component: FoundComponent | undefined, file: string): string {
  if (!component) return 'no component'
  const { name } = component
  // An anonymous default export is known by its file.
  return name === 'default' || name === '' ? file.slice(file.lastIndexOf('/') + 1) : name
}

function drawKind({ root, inSlot }: InspectorQuestion, component: FoundComponent | undefined, isRoot: boolean): string {
  const { reason } = component ?? {}
  const why = reason ? `: ${drawReason(reason)}` : ''
  if (isRoot) return `live root${root?.start ? `, waits until ${root.start}` : ''}${why}`
  if (root && inSlot) return 'plain, in a slot of a root: rendered on the server alone'
  if (root) return reason ? `live, part of a root${why}` : 'plain, part of a root, which brings it into the browser'
  return reason ? `live${why}` : 'plain: rendered on the server alone'
}

async function drawRoot({ module, name }: InspectedRoot, appFolder: string): Promise<string> {
  const found = await find(appFolder, module, (code) => findComponentNamed(code, module, name))
  const why = found?.reason ? `: ${drawReason(found.reason)}` : ''
  return `${found ? nameOf(found, module) : name}, ${module}${why}`
}

/** The bytes of a root's module, as the last build has them. */
async function drawCode(appFolder: string, module: string): Promise<string> {
  const folder = `${appFolder}/${buildFolder}`
  const manifest = await readManifest(folder)
  const bytes = manifest && measureRoot(manifest, module)
  if (bytes === undefined) return 'unknown until `layer9 build`'
  const [built, written] = await Promise.all([`${folder}/server/manifest.json`, `${appFolder}/${module}`].map(timeOf))
  const age = built! < written! ? ', which is older than the file' : ''
  return `${drawBytes(bytes)}, compressed, for the root in the last build${age}`
}

const timeOf = async (file: string): Promise<number> =>
  await stat(file)
    .then(({ mtimeMs }) => mtimeMs)
    .catch(() => 0)

function drawGiven({ props, largest }: InspectedRoot): string {
  const most = largest && largest.bytes > props / 2 ? `, ${drawBytes(largest.bytes)} of it as "${largest.name}"` : ''
  return `${drawBytes(props)} in the document, given to the root${most}`
}
