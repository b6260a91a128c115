// The modules that tell a build of the app's database: one for `layer9 db`, one for a start.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { checksumOf } from '../../3-data/build.ts'
import type { DataFiles } from './data-files.ts'
import { frameworkFile } from './virtual.ts'

/** A migration by its name, and what tells whether it was changed: its text is not there any more when that is asked. */
function named(root: string, path: string): { name: string; checksum: string } {
  return { name: basename(path), checksum: checksumOf(readFileSync(`${root}/${path}`, 'utf8')) }
}

/** Code of the module that commands use. */
export function dataModule(root: string, { db, migrations, seed }: DataFiles): string {
  const place = (path: string): string => JSON.stringify(`${root}/${path}`)
  const files = migrations.map((path, at) => {
    const { name, checksum } = named(root, path)
    return `{ name: ${JSON.stringify(name)}, checksum: '${checksum}', module: m${at} }`
  })
  return [
    `import { AppData } from ${JSON.stringify(frameworkFile('host/data/app-data'))}`,
    `import * as db from ${place(db)}`,
    ...migrations.map((path, at) => `import * as m${at} from ${place(path)}`),
    `const seed = ${seed === undefined ? 'undefined' : `() => import(${place(seed)})`}`,
    `export const data = new AppData({ db, migrations: [${files.join(', ')}], seed })`,
  ].join('\n')
}

/** Code of the module that a start asks: it needs of the migrations no more than their names. */
export function migratedModule(root: string, { db, migrations }: DataFiles): string {
  const files = migrations.map((path) => named(root, path))
  return [
    `import { assertMigrated } from ${JSON.stringify(frameworkFile('3-data/build'))}`,
    `import { db } from ${JSON.stringify(`${root}/${db}`)}`,
    `export const check = () => assertMigrated(db, ${JSON.stringify(files)})`,
  ].join('\n')
}
