// `npm run bench [name …]`: every figure that the README gives. Without a name: all of them.
import { benchBytes } from './bytes.ts'
import { benchMiddleware } from './chain.ts'
import { benchCheck } from './check.ts'
import { benchClick } from './click.ts'
import { benchData } from './data.ts'
import { benchHttp } from './http.ts'
import { benchBuild, benchDev, benchStart } from './lifecycle.ts'
import { benchMemory } from './memory.ts'
import { benchNavigation } from './navigation.ts'

const benches: Record<string, () => Promise<void>> = {
  bytes: benchBytes,
  http: benchHttp,
  middleware: benchMiddleware,
  click: benchClick,
  memory: benchMemory,
  start: benchStart,
  build: benchBuild,
  dev: benchDev,
  check: benchCheck,
  navigation: benchNavigation,
  data: benchData,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`No benchmark is named ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.log(`— ${name}`)
  await benches[name]!()
}
