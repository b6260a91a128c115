// Measures, in development, how long a request spent in each layer of the app. What other layers call of a module is
// wrapped where the module runner hands it out, so nothing in an app or in the framework has to know of it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { ESModulesEvaluator, type ModuleRunnerContext, ssrExportNameKey } from 'vite/module-runner'
import { definitionOf } from '../../6-api/index.ts'

/** Layers in the order of the ladder, as far as they are measured apart. */
export const measuredLayers = ['routes', 'middleware', 'api', 'services', 'data', 'platform'] as const

/** One of them. */
export type MeasuredLayer = (typeof measuredLayers)[number]

/** Milliseconds by layer, without what the layers below took. */
export type Times = Partial<Record<MeasuredLayer, number>>

/** A call that is under way: what it called meanwhile is not its own time. */
interface Frame {
  readonly times: Times
  below: number
}

const frames = new AsyncLocalStorage<Frame>()

type Plain = (this: unknown, ...given: unknown[]) => unknown

/** Runs a request; the times are complete once what it returns is settled. */
export function measureRequest<Result>(run: () => Result): { result: Result; times: Times } {
  const times: Times = {}
  return { result: frames.run({ times, below: 0 }, () => measure('routes', run)), times }
}

/** Runs a piece of a layer's work. Outside of a request it only calls. */
function measure<Result>(layer: MeasuredLayer, run: () => Result): Result {
  const outer = frames.getStore()
  if (!outer) return run()
  const frame: Frame = { times: outer.times, below: 0 }
  const begin = performance.now()
  const end = (): void => {
    const took = performance.now() - begin
    // Calls side by side can take longer together than the one around them; time is never negative.
    outer.times[layer] = (outer.times[layer] ?? 0) + Math.max(0, took - frame.below)
    outer.below += took
  }
  let result: Result
  try {
    result = frames.run(frame, run)
  } catch (error) {
    end()
    throw error
  }
  if (result instanceof Promise) result.then(end, end)
  else end()
  return result
}

/** Writes times as the header `Server-Timing` (W3C Server Timing §2): `api;dur=1.2, services;dur=0.8`. */
export function drawServerTiming(times: Times): string {
  return measuredLayers
    .filter((layer) => times[layer] !== undefined)
    .map((layer) => `${layer};dur=${times[layer]?.toFixed(1)}`)
    .join(', ')
}

/** The layer that a module belongs to by its folder, if it is measured apart. */
function layerOf(file: string, root: string): MeasuredLayer | undefined {
  if (!file.startsWith(`${root}/app/`)) return undefined
  const folder = file.slice(root.length + 5).split('/', 1)[0]
  return measuredLayers.find((layer) => layer === folder)
}

/** Vite's evaluator, with the functions of measured layers wrapped as they leave their module. */
export class TimedEvaluator extends ESModulesEvaluator {
  readonly #root: string

  constructor(root: string) {
    super()
    this.#root = root
  }

  override async runInlinedModule(context: ModuleRunnerContext, code: string): Promise<unknown> {
    const layer = layerOf(context['__vite_ssr_import_meta__'].filename ?? '', this.#root)
    if (layer) {
      const define = context[ssrExportNameKey]
      context[ssrExportNameKey] = (name, read) => define(name, () => wrapExport(layer, name, read()))
    }
    return await super.runInlinedModule(context, code)
  }
}

const wrapped = new WeakMap<object, unknown>()

/** The export, measured: each function is wrapped once, so that it stays equal to itself. */
function wrapExport(layer: MeasuredLayer, name: string, value: unknown): unknown {
  if (typeof value !== 'function') return value
  if (layer === 'api') return wrapHandler(value)
  // Of a route file only the loader works; components are called by the renderer in its own time.
  if (layer === 'routes' && name !== 'loader') return value
  if (/^class\b/.test(Function.prototype.toString.call(value))) return value
  let made = wrapped.get(value)
  if (!made) {
    const run = value as Plain
    // A proxy keeps name, length and whatever properties the function has.
    made = new Proxy(run, { apply: (_, self, given) => measure(layer, () => Reflect.apply(run, self, given)) })
    wrapped.set(value, made)
  }
  return made
}

/** Procedures are also reached over the wire, past their module's exports: so it is the handler that is measured. */
function wrapHandler(procedure: object): unknown {
  const definition = definitionOf(procedure) as { handler: Plain } | undefined
  if (definition && !wrapped.has(procedure)) {
    const { handler } = definition
    wrapped.set(procedure, procedure)
    definition.handler = (...given) => measure('api', () => handler(...given))
  }
  return procedure
}
