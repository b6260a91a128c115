// `layer9`: finds the command and runs it. Loaded by bin/layer9.js on whatever Node is there, so the version is checked
// before anything else is loaded; and `start` must be as quick as a bare server, so commands load what they need late.
import { deepenStacks } from '../stack-depth.ts'
import { checkNode } from './node-version.ts'
import { report } from './report.ts'

/**
 * Runs the command line and gives the exit code: 0 fine, 1 the work failed, 2 the command was not understood.
 *
 * @example
 * process.exitCode = await main(['build'])
 */
export async function main(given: readonly string[]): Promise<number> {
  try {
    checkNode()
    deepenStacks()
    // The usual way to start a container, and the only one where a millisecond counts: no parser of options is loaded.
    if (given.length === 1 && given[0] === 'start') {
      const { runStart } = await import('./start.ts')
      return await runStart({ root: process.cwd() })
    }
    const { runCommandLine } = await import('./commands.ts')
    return await runCommandLine(given)
  } catch (error) {
    return report(error, given.includes('--json'))
  }
}
