// The layer check over 10,000 files of 2 KB: cold, with nothing changed, and with 10 files changed.
//
//   node bench/check.ts [--files 10000] [--runs 5] [--json]
//
// Each run is a process of its own, as a developer's is. Marks: 4 s cold, 1 s with 10 files changed.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** Bytes of each generated file, about. */
const size = 2048
const folders = ['contracts', 'platform', 'data', 'services', 'middleware', 'api', 'state', 'components', 'routes']

/** Writes an app of so many files; each imports four below it and is legal. */
function writeApp(root: string, count: number): string[] {
  const perLayer = Math.ceil(count / folders.length)
  const written: string[] = []
  for (const [layer, folder] of folders.entries()) {
    // Layers above the wire import the api and what lies between; all others whatever lies below.
    const below = folders.slice(0, layer + 1).filter((_, index) => layer < 6 || index === 0 || index >= 5)
    for (let index = 0; index < perLayer && written.length < count; index++) {
      const file = join(root, 'app', folder, `part-${index % 40}`, `module-${index}.ts`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, moduleText(index, below, folder))
      written.push(file)
    }
  }
  writeFileSync(join(root, 'package.json'), '{ "name": "many", "type": "module" }')
  return written
}

function moduleText(index: number, below: readonly string[], own: string): string {
  const imports = [1, 2, 3, 4].flatMap((step) => {
    const target = index - step * 7
    const folder = below[(index + step) % below.length] ?? own
    if (target < 0) return []
    return [`import { value${target} as taken${step} } from '~/${folder}/part-${target % 40}/module-${target}'`]
  })
  const lines = [...imports, `export const value${index} = ${index}`]
  for (let part = 0; lines.join('\n').length < size; part++) {
    lines.push(
      `/** What part ${part} of module ${index} is for. */`,
      `export function part${part}(input: { amount: number; label: string }): string {`,
      `  if (input.amount > ${part}) return \`\${input.label}: \${input.amount * ${part + 1}}\``,
      `  return input.label.toUpperCase()`,
      '}',
      '',
    )
  }
  return lines.join('\n')
}

/** Milliseconds of wall clock and of CPU that one check takes, in a new process. */
interface Timing {
  readonly wall: number
  readonly cpu: number
  readonly files: number
}

function timeCheck(root: string): Timing {
  const door = fileURLToPath(new URL('../src/host/check/index.ts', import.meta.url))
  const script = `
    const { checkLayers } = await import(${JSON.stringify(door)})
    const begin = performance.now()
    const { files, violations } = await checkLayers({ root: ${JSON.stringify(root)}, cache: ${JSON.stringify(join(root, '.layer9/check.json'))} })
    const { user, system } = process.resourceUsage ? process.cpuUsage() : {}
    console.log(JSON.stringify({ wall: performance.now() - begin, cpu: (user + system) / 1000, files: files.length, violations: violations.length }))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const timing = JSON.parse(output) as Timing & { violations: number }
  if (timing.violations > 0) throw new Error(`The generated app breaks ${timing.violations} rules.`)
  return timing
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})
const root = mkdtempSync(join(tmpdir(), 'layer9-check-'))
const timings: Record<'cold' | 'unchanged' | 'changed', Timing[]> = { cold: [], unchanged: [], changed: [] }
try {
  const files = writeApp(root, Number(values.files))
  for (let run = 0; run < Number(values.runs); run++) {
    rmSync(join(root, '.layer9'), { recursive: true, force: true })
    timings.cold.push(timeCheck(root))
    timings.unchanged.push(timeCheck(root))
    for (const file of files.slice(0, 10)) appendFileSync(file, `// ${run}\n`)
    timings.changed.push(timeCheck(root))
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
const rows = Object.entries(timings).map(([id, list]) => {
  const mark = { cold: 4000, changed: 1000, unchanged: undefined }[id]
  const wall = Math.round(median(list.map((timing) => timing.wall)))
  return {
    id: `check-${id}`,
    value: wall,
    cpu: Math.round(median(list.map((timing) => timing.cpu))),
    unit: 'ms',
    mark,
    met: mark === undefined || wall <= mark,
  }
})
if (values.json)
  console.log(
    JSON.stringify({ name: 'check', date: new Date().toISOString(), machine: cpus()[0]?.model, rows }, undefined, 2),
  )
else {
  console.log(`${timings.cold[0]?.files} files of ${size} bytes, ${values.runs} runs, load ${loadavg()[0]?.toFixed(1)}`)
  for (const { id, value, cpu, mark } of rows)
    console.log(`${id.padEnd(16)} ${String(value).padStart(6)} ms   CPU ${cpu} ms${mark ? `   mark ${mark} ms` : ''}`)
}
