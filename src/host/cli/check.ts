// `layer9 check`: the layer rules, the routes' types, then TypeScript if the app has it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { drawError, type Layer9Error } from '../../1-contracts/index.ts'
import { checkRouteTypes } from '../../9-routes/build.ts'
import { runCheck } from '../check/index.ts'
import { findAppFiles } from '../vite/app-files.ts'
import { refreshTypes } from '../vite/route-types-file.ts'

/** Runs the command: 0 all is well, 1 something is not, 2 there is nothing to check here. */
export async function checkApp({ root, json }: { root: string; json: boolean }): Promise<number> {
  const folder = resolve(root)
  const layers = await runCheck({ root: folder, json })
  process.stdout.write(layers.output)
  if (layers.exitCode === 2 || json || !existsSync(join(folder, 'app', 'routes'))) return layers.exitCode
  await refreshTypes(folder)
  const mismatches = await findMismatches(folder)
  for (const error of mismatches) console.log(`\n${drawError(error)}`)
  const types = await checkTypes(folder)
  return layers.exitCode === 0 && mismatches.length === 0 && types === 0 ? 0 : 1
}

async function findMismatches(root: string): Promise<Layer9Error[]> {
  const { routes } = findAppFiles(root)
  const read = async (file: string) => checkRouteTypes(file, await readFile(join(root, 'app/routes', file), 'utf8'))
  return (await Promise.all(routes.map(read))).flat()
}

/** Runs the app's own TypeScript in a process of its own; gives its exit code, 0 when the app has none. */
async function checkTypes(root: string): Promise<number> {
  const compiler = findCompiler(root)
  if (!compiler || !existsSync(join(root, 'tsconfig.json'))) {
    console.log('Types are not checked: the app has no TypeScript or no tsconfig.json.')
    return 0
  }
  const child = spawn(process.execPath, [compiler, '-p', 'tsconfig.json', '--noEmit'], { cwd: root, stdio: 'inherit' })
  const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? 1)))
  if (code === 0) console.log('Types are in order.')
  return code
}

function findCompiler(root: string): string | undefined {
  try {
    return join(createRequire(join(root, 'package.json')).resolve('typescript/package.json'), '../bin/tsc')
  } catch {
    return undefined
  }
}
