// The layer check over 10,000 files of 2 KB: cold, with nothing changed, and with 10 files changed. Each check is a
// process of its own, as a developer's is; what counts is the time from its call to its answer.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, type Row, report } from './measure.ts'

const fileCount = 10_000
const runs = 5

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

/** What one check of the generated app takes, in a new process, in milliseconds. */
function timeCheck(root: string): number {
  const door = fileURLToPath(new URL('../src/host/check/index.ts', import.meta.url))
  const options = { root, cache: join(root, '.layer9/check.json') }
  const script = `
    const { checkLayers } = await import(${JSON.stringify(door)})
    const begin = performance.now()
    const { files, violations } = await checkLayers(${JSON.stringify(options)})
    console.log(JSON.stringify([performance.now() - begin, files.length, violations.length]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const [time = 0, files, violations] = JSON.parse(output) as number[]
  if (files !== fileCount || violations !== 0)
    throw new Error(`${files} files, ${violations} broken rules: the app is not as meant`)
  return time
}

/** Measures the check and writes bench/results/check.json. */
export async function benchCheck(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'layer9-check-'))
  const cold: number[] = []
  const unchanged: number[] = []
  const changed: number[] = []
  try {
    const files = writeApp(root, fileCount)
    for (let run = 0; run < runs; run++) {
      rmSync(join(root, '.layer9'), { recursive: true, force: true })
      cold.push(timeCheck(root))
      unchanged.push(timeCheck(root))
      for (const file of files.slice(0, 10)) appendFileSync(file, `// ${run}\n`)
      changed.push(timeCheck(root))
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  const row = (id: string, times: readonly number[], mark?: number): Row => {
    const value = median(times)
    return { id, value, unit: 'ms', ...(mark !== undefined && { mark: `${mark} ms`, met: value <= mark }) }
  }
  report('check', [
    row('check/cold', cold, 4000),
    row('check/10-changed', changed, 1000),
    row('check/unchanged', unchanged),
  ])
}
