// The nine layers, their numbers, and which of them a path or an entry of this package belongs to.

/** One layer of an app or of the framework. `host` (10) stands on top of the nine: it runs an app, no layer knows it. */
export interface Layer {
  readonly name: string
  /** 1 (contracts) to 9 (routes); 10 is the host. */
  readonly number: number
}

/** The names of the nine, lowest first: the layer's number is its place, counted from 1. */
export const layerNames = [
  'contracts',
  'platform',
  'data',
  'services',
  'middleware',
  'api',
  'state',
  'components',
  'routes',
] as const

const host: Layer = { name: 'host', number: 10 }
const byName = new Map<string, Layer>(layerNames.map((name, index) => [name, { name, number: index + 1 }]))

/** Entries of the package that are not named after the layer they belong to. */
const otherEntries: Record<string, string> = {
  'jsx-runtime': 'components',
  'jsx-dev-runtime': 'components',
}

/** Entries of the host. */
const hostEntries: ReadonlySet<string> = new Set(['config', 'testing', 'lint', 'host'])

/** A layer by its name, or undefined when there is no such layer. */
export function layerNamed(name: string): Layer | undefined {
  return byName.get(name)
}

/** A layer by its number, 1 to 9; 10 is the host. */
export function layerNumbered(number: number): Layer {
  return byName.get(layerNames[number - 1] ?? '') ?? host
}

/**
 * The layer of an entry of this package, given without the package's name: `components/server` is components (8),
 * `testing`, `lint` and `config` are the host. Undefined for what is no module of a layer (`package.json`, `tsconfig`, `app`).
 */
export function layerOfEntry(entry: string): Layer | undefined {
  const first = entry.split('/')[0] ?? ''
  const named = byName.get(otherEntries[first] ?? first)
  if (named) return named
  return hostEntries.has(first) ? host : undefined
}

/** The layer of a file of an app, by its path relative to the project, e.g. `app/services/posts.ts`. */
export function layerOfAppPath(path: string): Layer | undefined {
  const [app, folder, below] = path.split('/')
  return app === 'app' && below !== undefined ? byName.get(folder ?? '') : undefined
}

/** The layer of a file of the framework, by its path relative to the package: `src/4-services/…` or `dist/host/…`. */
export function layerOfSourcePath(path: string): Layer | undefined {
  const [top, folder, below] = path.split('/')
  if ((top !== 'src' && top !== 'dist') || below === undefined) return undefined
  if (folder === 'host') return host
  const [, number, name] = /^(\d)-([a-z]+)$/.exec(folder ?? '') ?? []
  const layer = byName.get(name ?? '')
  return layer && String(layer.number) === number ? layer : undefined
}

/** Whether a layer runs on the server alone and is not the wire itself: platform, data, services, middleware. */
export function isServerLayer(layer: Layer): boolean {
  return layer.number >= 2 && layer.number <= 5
}

/** Whether a layer lies above the wire: state, components, routes. */
export function isAboveWire(layer: Layer): boolean {
  return layer.number >= 7 && layer.number <= 9
}

/** Whether the modules of a layer are sent to browsers as they are: contracts and all above the wire. */
export function isForBrowsers(layer: Layer): boolean {
  return layer.number === 1 || isAboveWire(layer)
}

/** Where a file of a higher layer must lie so that one of a lower layer may use it: below the wire nothing is for both. */
export function meetingLayer(lower: Layer, higher: Layer): Layer {
  return higher.number >= 7 && lower.number <= 6 ? layerNumbered(1) : lower
}

/** How messages name a layer: `services, 4`; the host has no number. */
export function describeLayer(layer: Layer): string {
  return layer.number > 9 ? layer.name : `${layer.name}, ${layer.number}`
}

/**
 * Whether a file is a test: tests belong to no layer, may import anything, and nothing may import them. In the
 * framework's own source what tests share (`*.fixture.ts`) is one too.
 */
export function isTest(path: string, mode: 'app' | 'source' = 'app'): boolean {
  return /\.(test|test-d)\.[^/]*$/.test(path) || (mode === 'source' && /\.fixture\.[^/]*$/.test(path))
}
