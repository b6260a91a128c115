// Processes of their own that use a database, as the workers of an app do.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository } from './command.ts'

/** A process and the lines that it has written so far. */
export interface DataProcess {
  readonly child: ChildProcess
  readonly lines: string[]
  /** Waits for its end; the code is null when it was killed. */
  readonly ended: Promise<number | null>
}

/**
 * Runs code with `db` (connected by DATABASE_URL) and `sql` at hand.
 *
 * @example
 * const { ended } = runWithData('sqlite:/tmp/app.db', 'await sql`select 1`.execute(db)')
 */
export function runWithData(url: string, code: string): DataProcess {
  const imports = `import { sql } from ${JSON.stringify(import.meta.resolve('kysely'))}
    import { connect } from ${JSON.stringify(join(repository, 'src/3-data/connect.ts'))}
    const db = connect()
    const say = (text) => process.stdout.write(text + '\\n')
    `
  const child = spawn(process.execPath, ['--input-type=module', '-e', imports + code], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    child.emit('lines')
  })
  // 'close' comes when the output is read to its end too.
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve))
  return { child, lines, ended }
}

/** Waits until a process has written so many lines, or has ended. */
export async function untilLines({ child, lines, ended }: DataProcess, count: number): Promise<void> {
  const enough = new Promise<void>((resolve) => {
    const look = () => lines.length >= count && resolve()
    child.on('lines', look)
    look()
  })
  await Promise.race([enough, ended])
}
