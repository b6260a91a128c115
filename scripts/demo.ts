// `npm run demo`: builds Layer9 and the board example, makes and fills its database, and serves it on
// http://localhost:3000 (or PORT). With DATABASE_URL=postgres://… that database is Postgres.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const board = join(root, 'examples', 'board')
const program = join(root, 'bin', 'layer9.js')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 8)) {
  console.error(`This needs Node 24.8 or newer, which \`npm ci\` puts beside the packages; this is ${process.version}.`)
  console.error('Fix: run it as `npm run demo`.')
  process.exit(1)
}

/** Runs a script of Node to its end, and ends here if it fails. */
function run(script: string, given: readonly string[], cwd: string): void {
  const { status } = spawnSync(process.execPath, [script, ...given], { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run(join(root, 'scripts', 'build.ts'), [], root)
run(program, ['build'], board)
run(program, ['db', 'migrate'], board)
run(program, ['db', 'seed'], board)
const server = spawn(process.execPath, [program, 'start'], { cwd: board, stdio: 'inherit' })
// The server drains; this process waits for it, so that whoever waits for this one waits for both.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void server.kill(signal))
server.once('close', (code) => process.exit(code ?? 0))
