// Writes the examples of docstrings as modules, and has the compiler look at all of them at once.
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type ExampleModule, toModule } from '../../scripts/docstring-module.ts'
import { type DocstringExample, extractDocstrings, type Imports, importsOf } from '../../scripts/docstrings.ts'
import { readEntries } from '../../scripts/style-names.ts'
import { readPrinted } from '../../src/host/cli/type-problem.ts'
import { repository } from './command.ts'
import { writeFiles } from './files.ts'

/** An example, and the module that was made of it. */
export interface WrittenExample extends DocstringExample, ExampleModule {
  /** Where the module is. */
  path: string
}

const entries = readEntries(repository)
const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

/** The public names, for examples that use what stands in another layer. A name that has two places is the first one's. */
const publicNames: Imports = new Map(
  Object.values(entries)
    .toReversed()
    .flatMap((path) => [...exportsOf(path)]),
)

function exportsOf(path: string): Imports {
  return importsOf(join(repository, path), read(path))
}

/** The examples of the files that a pattern names, none of them tests. */
export function readExamples(pattern: string): DocstringExample[] {
  const files = globSync(pattern, { cwd: repository, exclude: ['**/fixtures/**', '**/*.test.*'] }).sort()
  return files.flatMap((file) => extractDocstrings(file, read(file)))
}

/** The folder of a name, inside the repository: an example finds its packages. */
const folderOf = (name: string): string => join(repository, 'test-results/docstrings', name)

/** Writes each example as a module of its own, into a folder of `test-results`. */
export function writeExamples(name: string, examples: readonly DocstringExample[]): WrittenExample[] {
  const folder = folderOf(name)
  const checks = join(repository, 'tests/harness/docstring-values.ts')
  const written = examples.map((example) => {
    const imports = new Map([...publicNames, ...exportsOf(example.file)])
    const path = join(folder, `${example.file.replaceAll('/', '.')}.${example.line}.tsx`)
    return { ...example, ...toModule({ ...example, file: join(repository, example.file) }, imports, checks), path }
  })
  const files = written.map(({ path, code }) => ({ file: relative(folder, path), text: code }))
  writeFiles(folder, [...files, { file: 'tsconfig.json', text: JSON.stringify(projectOf(folder)) }])
  return written
}

/** The compiler's settings: the repository's, with the package's entries as their sources. */
function projectOf(folder: string): object {
  const paths = Object.entries(entries).map(([entry, path]) => [entry, [join(repository, path)]])
  return {
    extends: join(repository, 'tsconfig.json'),
    compilerOptions: {
      paths: Object.fromEntries(paths),
      // What is imported for an example has an absolute path, and nothing says which names are types.
      rewriteRelativeImportExtensions: false,
      verbatimModuleSyntax: false,
      isolatedModules: false,
    },
    include: [folder, join(repository, 'tests/fixtures/docstrings')],
    exclude: [],
  }
}

/** What the compiler says of the examples of a folder, `file:line message` each, in terms of their sources. */
export async function checkExamples(name: string, written: readonly WrittenExample[]): Promise<string[]> {
  const compiler = join(repository, 'node_modules/typescript/bin/tsc')
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: repository, maxBuffer: 2 ** 24 }
    execFile(process.execPath, [compiler, '--pretty', 'false', '-p', folderOf(name)], options, (_, out, err) =>
      resolve(out + err),
    )
  })
  return readPrinted(output).map(({ problem: { file = '', line = 0, message } }) => {
    const example = written.find(({ path }) => relative(repository, path) === file)
    return example ? `${example.file}:${example.line + line - 2} ${message}` : `${file}:${line} ${message}`
  })
}
