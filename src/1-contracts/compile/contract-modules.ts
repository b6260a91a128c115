// Which modules of an app have contracts: those of `app/contracts` that import what makes them, or a module that has some.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'vite'

/** What of `layer9/contracts` makes contracts and their fields. */
export const makers: ReadonlySet<string> = new Set([
  'array',
  'boolean',
  'Contract',
  'ContractField',
  'date',
  'decimal',
  'email',
  'Entity',
  'entity',
  'file',
  'id',
  'integer',
  'json',
  'number',
  'oneOf',
  'reference',
  'references',
  'Schema',
  'schema',
  'text',
  'timestamp',
  'url',
])

/** A name that a module exports. */
export interface Origin {
  /** Absolute. */
  readonly file: string
  readonly name: string
}

/** What is read of a module. */
interface ModuleFacts {
  /** Whether it makes contracts itself. */
  readonly makes: boolean
  /** The modules that it takes values of. */
  readonly from: readonly string[]
  /** What it passes on by name, and what it is in the other module. */
  readonly passedOn: ReadonlyMap<string, { readonly from: string; readonly name: string }>
  /** The modules of which it passes on all. */
  readonly stars: readonly string[]
  /** What it exports of its own. */
  readonly own: ReadonlySet<string>
}

/** Knows the modules of `app/contracts`; each is read once, until it changes. */
export class ContractModules {
  readonly #folder: string
  readonly #facts = new Map<string, ModuleFacts>()

  /** @param root the project's folder, absolute */
  constructor(root: string) {
    this.#folder = `${root}/app/contracts/`
  }

  /** A file changed, came or went. */
  forget(file: string): void {
    this.#facts.delete(file)
  }

  /** Whether a file is a module of this layer. */
  has(file: string): boolean {
    return file.startsWith(this.#folder) && isModule(file)
  }

  /** All modules that have contracts, absolute. */
  list(): string[] {
    return listFiles(this.#folder).filter((file) => this.holds(file))
  }

  /** Whether a module makes contracts, or takes values from one that does. */
  holds(file: string, seen: Set<string> = new Set()): boolean {
    if (seen.has(file) || !this.has(file)) return false
    seen.add(file)
    const { makes, from } = this.#read(file)
    if (makes) return true
    return from.some((specifier) => {
      const target = this.resolve(specifier, file)
      return target !== undefined && this.holds(target, seen)
    })
  }

  /** The module of the layer that makes what is exported by a name, behind all that pass it on. */
  originOf({ file, name }: Origin, seen: Set<string> = new Set()): Origin | undefined {
    if (seen.has(`${file} ${name}`) || !this.has(file)) return undefined
    seen.add(`${file} ${name}`)
    const { own, passedOn, stars } = this.#read(file)
    if (own.has(name)) return { file, name }
    const given = passedOn.get(name)
    for (const { from, name: inner } of given ? [given] : stars.map((star) => ({ from: star, name }))) {
      const target = this.resolve(from, file)
      const origin = target === undefined ? undefined : this.originOf({ file: target, name: inner }, seen)
      if (origin) return origin
    }
    return undefined
  }

  /** The file that an import leads to, absolute; undefined for packages, and for what is named in ways of an app's own. */
  resolve(specifier: string, importer: string): string | undefined {
    const path = specifier.startsWith('~/')
      ? join(this.#folder, '..', specifier.slice(2))
      : /^\.\.?\//.test(specifier)
        ? join(dirname(importer), specifier)
        : undefined
    return path === undefined ? undefined : endings.map((ending) => path + ending).find(isFile)
  }

  #read(file: string): ModuleFacts {
    const facts = this.#facts.get(file) ?? readFacts(readFileSync(file, 'utf8'), file)
    this.#facts.set(file, facts)
    return facts
  }
}

function readFacts(code: string, file: string): ModuleFacts {
  const { module } = parseSync(file, code)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    names: entries.filter(({ isType }) => !isType).map(({ importName }) => importName.name ?? '*'),
  }))
  const taken = imports.filter(({ names }) => names.length > 0)
  const exported = module.staticExports.flatMap(({ entries }) => entries).filter(({ isType }) => !isType)
  const named = exported.flatMap(({ exportName, importName, moduleRequest }) => {
    const name = exportName.kind === 'Default' ? 'default' : exportName.name
    return name === null ? [] : [{ name, from: moduleRequest?.value, inner: importName.name ?? 'default' }]
  })
  const stars = exported.filter(({ importName }) => importName.kind === 'AllButDefault')
  return {
    makes: taken.some(
      ({ from, names }) => from === 'layer9/contracts' && names.some((name) => name === '*' || makers.has(name)),
    ),
    from: taken.map(({ from }) => from),
    passedOn: new Map(
      named.flatMap(({ name, from, inner }) => (from === undefined ? [] : [[name, { from, name: inner }]])),
    ),
    stars: stars.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    own: new Set(named.filter(({ from }) => from === undefined).map(({ name }) => name)),
  }
}

/** What may be left out of a path. */
const endings = ['', '.ts', '.tsx', '.js', '.mts', '.mjs', '.jsx', '/index.ts', '/index.tsx', '/index.js']

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

const isModule = (file: string): boolean =>
  /\.[cm]?[jt]sx?$/.test(file) && !/\.(?:d|test|test-d)\.[cm]?tsx?$/.test(file)

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
  return files
    .map((file) => file.replaceAll('\\', '/').replaceAll('//', '/'))
    .filter(isModule)
    .sort()
}
