// What `layer9 why` found, for a person.
import type { ComponentAnalysis } from '../../8-components/build.ts'
import {
  describeLayer,
  describeRepair,
  drawViolation,
  type Importer,
  type ReportedViolation,
  type Runs,
} from '../check/index.ts'
import { drawReason } from '../draw-reason.ts'
import type { Why } from './file-facts.ts'

const runs: Readonly<Record<Runs, string>> = {
  server: 'on the server alone',
  both: 'on the server and in the browser',
  stubs: 'on the server; browsers get a stub that calls it',
}

/**
 * Draws it as a table of what is known, then each refused import with its way out.
 *
 * @example
 * const known = { mode: 'app', test: false, importers: [], violations: [], built: undefined, components: [] } as const
 * drawWhy({ ...known, file: 'app/state/a.ts', layer: { number: 7, name: 'state' }, runs: 'both' }) // `app/state/a.ts
 * //   layer       state, 7
 * //   runs        on the server and in the browser
 * //   imported by …`
 */
export function drawWhy(why: Why): string {
  const { file, layer, test, importers, components, violations } = why
  const lines = [
    file,
    ...row('layer', [layer ? describeLayer(layer) : test ? 'none: a test may import anything' : 'none']),
    ...row('runs', [why.runs ? runs[why.runs] : test ? 'in tests' : 'nowhere, as long as it lies in no layer']),
    ...drawBuilt(why),
    ...row('components', components.map(drawComponent)),
    ...row('imported by', importers.length === 0 ? [nobody(why)] : importers.map(drawImporter)),
  ]
  return [...lines, ...violations.map(drawRefused)].join('\n')
}

/** A violation as `layer9 check` draws it; where a program could mend it, what it would do. */
function drawRefused({ fix, wayOut, ...violation }: ReportedViolation): string {
  const shortest = fix ? `\n  Shortest: ${describeRepair(fix)}` : ''
  return `\n${drawViolation({ ...violation, fix: wayOut })}${shortest}`
}

/** A heading with its values, one a line. */
const row = (name: string, values: readonly string[]): string[] =>
  values.map((value, index) => `  ${(index === 0 ? name : '').padEnd(12)}${value}`)

function drawBuilt({ built, runs: where, file }: Why): string[] {
  if (built === undefined) return []
  if (built === null) return row('build', ['none yet: `layer9 build` makes one, and tells what ships'])
  const { build, stale, chunks, pages } = built
  const nothing = /\.(css|scss|sass|less|styl|pcss|postcss)$/.test(file)
    ? 'no script; it is in the style sheets of its pages'
    : where === 'server'
      ? 'nothing, as of every file of its layer'
      : 'nothing: no script holds code of it'
  return [
    ...row('build', [stale ? `${build}, older than the file: build again to be sure` : build]),
    ...row('in browsers', chunks.length > 0 ? chunks : [nothing]),
    ...row('pages', pages.length > 0 ? pages : ['none reaches it']),
  ]
}

function drawComponent({ name, mark, reason }: ComponentAnalysis): string {
  const shown = name || '(without a name)'
  return reason ? `${shown} is ${mark}: ${drawReason(reason)}` : `${shown} is ${mark}`
}

/** Routes and procedures are found by their place; nobody has to import them. */
const nobody = ({ layer, mode }: Why): string =>
  mode === 'app' && (layer?.number === 9 || layer?.number === 6)
    ? 'no file of the project: the framework finds it by its place'
    : 'no file of the project'

const drawImporter = ({ file, line, layer, typeOnly, refused }: Importer): string =>
  [
    `${file}:${line} (${layer ? describeLayer(layer) : 'a test'})`,
    typeOnly ? ', types alone' : '',
    refused ? '  REFUSED' : '',
  ].join('')
