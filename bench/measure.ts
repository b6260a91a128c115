// How everything here is measured: CPU time of the server process beside its floor, in interleaved pairs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** One figure of a benchmark, as status/ reads it. */
export interface Row {
  id: string
  /** What was measured, in `unit`. */
  value: number
  unit: string
  /** The floor's or peer's value on the same work, same run. */
  floor?: number
  /** value / floor, or the median of the paired ratios. */
  ratio?: number
  /** 95% interval of the paired ratio, or of the value where there is none. */
  interval?: [number, number]
  /** The mark of this row and whether this run met it. Absent: no mark, shown only. */
  mark?: string
  met?: boolean
}

/** The middle value; of an even number the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * The 95% interval of the geometric mean of paired ratios (t distribution on their logarithms; 1.96 is replaced by 2.09,
 * the value for 20 pairs, the fewest that are judged).
 */
export function ratioInterval(ratios: readonly number[]): { mean: number; interval: [number, number] } {
  const { mean, interval } = meanInterval(ratios.map(Math.log))
  return { mean: Math.exp(mean), interval: [Math.exp(interval[0]), Math.exp(interval[1])] }
}

/** The 95% interval of the mean of paired differences (t distribution, as above). */
export function meanInterval(values: readonly number[]): { mean: number; interval: [number, number] } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  const half = 2.09 * Math.sqrt(variance / values.length)
  return { mean, interval: [mean - half, mean + half] }
}

/** User and system time of a process so far, in microseconds (Linux: /proc, in ticks of 10 ms). */
export function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The command's name may hold spaces and brackets: fields are counted from behind its last bracket (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** Writes bench/results/<name>.json, with the machine and the versions (of peers too), and prints the rows. */
export function report(name: string, rows: Row[], peers: readonly string[] = []): void {
  const directory = join(import.meta.dirname, 'results')
  mkdirSync(directory, { recursive: true })
  const result = {
    name,
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      load: loadavg().map((value) => Number(value.toFixed(2))),
    },
    versions: {
      node: process.version,
      layer9: readVersion('../package.json'),
      vite: readVersion('../node_modules/vite/package.json'),
      ...Object.fromEntries(peers.map((one) => [one, readVersion(`node_modules/${one}/package.json`)])),
    },
    rows: rows.map(round),
  }
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  for (const row of result.rows) console.log(describe(row))
}

/** A row as one line of text. */
export function describe(row: Row): string {
  const ratio = row.ratio === undefined ? '' : `  ${row.ratio}x of ${row.floor} ${row.unit}`
  const interval = row.interval ? ` [${row.interval[0]}, ${row.interval[1]}]` : ''
  const mark = row.mark ? `  mark ${row.mark}: ${row.met ? 'met' : 'MISSED'}` : ''
  return `${row.id.padEnd(28)} ${String(row.value).padStart(10)} ${row.unit}${ratio}${interval}${mark}`
}

function round(row: Row): Row {
  const short = (value: number | undefined) => (value === undefined ? undefined : Number(value.toPrecision(4)))
  return {
    ...row,
    value: short(row.value)!,
    ...(row.floor === undefined ? {} : { floor: short(row.floor)! }),
    ...(row.ratio === undefined ? {} : { ratio: short(row.ratio)! }),
    ...(row.interval ? { interval: [short(row.interval[0])!, short(row.interval[1])!] as [number, number] } : {}),
  }
}

function readVersion(path: string): string {
  const parsed: { version: string } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
  return parsed.version
}
