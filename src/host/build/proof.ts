// What a client build is made of, kept beside it as a file that can be compared with that of another build: which modules
// went into which script, and from which layer. Nothing in it changes unless what browsers get has changed.
import { writeFile } from 'node:fs/promises'
import type { Plugin, Rolldown } from 'vite'
import { layerFinder } from '../check/index.ts'
import { packageFolder } from '../vite/framework.ts'

/** One module of a script. */
export interface ProvenModule {
  /** Relative to the project; `layer9/…` for the framework's own, the package's name first for an installed one. */
  readonly module: string
  /** The name of its layer; null for packages, and for what the build writes itself. */
  readonly layer: string | null
  /** Of its code in the script, before the script was minified. */
  readonly bytes: number
}

/** One script for browsers. */
export interface ProvenChunk {
  /** Without the hash of its content, so that a change shows as one line. */
  readonly file: string
  /** As it is sent uncompressed. */
  readonly bytes: number
  readonly modules: readonly ProvenModule[]
}

/** `proof.json` in the folder of a build. */
export interface Proof {
  readonly chunks: readonly ProvenChunk[]
  /** All other files of the build: style sheets, pictures, fonts. */
  readonly assets: readonly { readonly file: string; readonly bytes: number }[]
}

/** Takes note of the scripts of workers: Vite bundles each on its own and shows the app's build a finished file. */
export interface WorkerNotes {
  readonly plugin: Plugin
  readonly chunks: readonly Rolldown.OutputChunk[]
}

/** Makes the notes of one build. */
export function noteWorkers(): WorkerNotes {
  const chunks = new Map<string, Rolldown.OutputChunk>()
  const plugin: Plugin = {
    name: 'layer9:workers',
    generateBundle(_options, bundle) {
      for (const item of Object.values(bundle)) if (item.type === 'chunk') chunks.set(item.fileName, item)
    },
  }
  return {
    plugin,
    get chunks() {
      return [...chunks.values()]
    },
  }
}

type Output = Rolldown.RolldownOutput['output'][number]

/** What a proof is made from. */
export interface ProofOptions {
  readonly root: string
  readonly client: readonly Output[]
  readonly workers: readonly Rolldown.OutputChunk[]
}

/** Reads it out of the bundler's output. */
export function makeProof({ root, client, workers }: ProofOptions): Proof {
  const layerOf = layerFinder(root)
  const describeModule = (id: string, bytes: number): ProvenModule => {
    return { module: nameOf(id, root), layer: layerOf(id) ?? null, bytes }
  }
  const isChunk = (item: Output): item is Rolldown.OutputChunk => item.type === 'chunk'
  const chunks = new Map([...workers, ...client.filter(isChunk)].map((item) => [item.fileName, item]))
  const described = [...chunks.values()].map((item) => describeChunk(item, describeModule))
  const assets = client.flatMap((item) =>
    item.type === 'asset' && !chunks.has(item.fileName)
      ? [{ file: withoutHash(item.fileName), bytes: Buffer.byteLength(item.source) }]
      : [],
  )
  return { chunks: described.sort(byFile), assets: assets.sort(byFile) }
}

/** Writes it into the folder of a build. */
export async function writeProof(folder: string, proof: Proof): Promise<void> {
  await writeFile(`${folder}/proof.json`, `${JSON.stringify(proof, undefined, 2)}\n`)
}

function describeChunk(
  { fileName, code, modules }: Rolldown.OutputChunk,
  describeModule: (id: string, bytes: number) => ProvenModule,
): ProvenChunk {
  const kept = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0)
  const described = kept.map(([id, { renderedLength }]) => describeModule(id, renderedLength))
  described.sort((one, other) => (one.module < other.module ? -1 : 1))
  return { file: withoutHash(fileName), bytes: Buffer.byteLength(code), modules: described }
}

/** The same on every machine: neither where the project lies nor where packages are kept is part of it. */
function nameOf(id: string, root: string): string {
  const plain = id.replaceAll('\0', '').replaceAll(`${root}/`, '')
  const ofFramework = plain.startsWith(`${packageFolder}/`) ? `layer9/${plain.slice(packageFolder.length + 1)}` : plain
  return ofFramework.replace(/^.*\/node_modules\/|^node_modules\//, '')
}

/** `start-3c4d5e6f.js` becomes `start.js`: eight characters are what the bundler puts for `[hash]`. */
const withoutHash = (file: string): string => file.replace(/-[\w-]{8}(?=\.[^/]*$)/, '')

/** By name, then by what is in it: two scripts may have one name but for the hash. */
function byFile<Item extends { file: string }>(one: Item, other: Item): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)]
  if (one.file !== other.file) return one.file < other.file ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}
