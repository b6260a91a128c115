// Copies the examples to templates/, where the package's users find them. `npm run build` runs it; the copies are not
// committed, so they cannot grow apart from what is tested.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leftOut, templates } from '../source/templates.js'

const home = fileURLToPath(new URL('..', import.meta.url))
const examples = fileURLToPath(new URL('../../examples', import.meta.url))

rmSync(join(home, 'templates'), { recursive: true, force: true })
for (const { name, example } of templates) {
  const from = join(examples, example)
  if (!existsSync(from)) continue
  cpSync(from, join(home, 'templates', name), { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
}
