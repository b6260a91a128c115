// Copies the examples to templates/, where the package's users find them. `npm run build` runs it; the copies are not
// committed, so they cannot grow apart from what is tested.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refreshTypes } from '../../src/host/types/refresh.ts'
import { leftOut, templates } from '../source/templates.js'

const home = fileURLToPath(new URL('..', import.meta.url))
const examples = fileURLToPath(new URL('../../examples', import.meta.url))

rmSync(join(home, 'templates'), { recursive: true, force: true })
for (const { name, example } of templates) {
  const from = join(examples, example)
  if (!existsSync(from)) continue
  const to = join(home, 'templates', name)
  cpSync(from, to, { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
  // So that an editor knows what a new app's files may use before any command has run.
  await refreshTypes(to)
}
