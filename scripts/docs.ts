// Reads what documents claim about code: examples, paths, functions. The tests hold them to it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** An example of a document: a file of an app. */
export interface Example {
  /** Path in the app, e.g. `app/api/posts.ts`. */
  file: string
  text: string
}

/**
 * The examples of a document that name their file: in Markdown a code block whose first line is a comment with the path,
 * in the pages of the docs a `<Code file="…">` with a template literal.
 *
 * @example
 * extractExamples("```ts\n// app/state/a.ts\nexport const a = 1\n```")   // [{ file: 'app/state/a.ts', text: 'export const a = 1\n' }]
 */
export function extractExamples(document: string): Example[] {
  const blocks = document.matchAll(/^```tsx?\n\/\/ (app\/\S+)\n([\s\S]*?)^```/gm)
  const elements = document.matchAll(/<Code file="([^"]+)">\{`\n?([\s\S]*?)`\}<\/Code>/g)
  return [
    ...Array.from(blocks, ([, file = '', text = '']) => ({ file, text })),
    // In a template literal some characters have a backslash before them.
    ...Array.from(elements, ([, file = '', text = '']) => ({ file, text: text.replaceAll(/\\([\\`$])/g, '$1') })),
  ]
}

/** Relative links of a Markdown document whose target does not exist. `path` is the document's, from `root`. */
export function findDeadLinks(root: string, path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return Array.from(text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(root, dirname(path), decodeURI(target))))
}

/** One step of a described way: a file and the functions in it that take part. */
export interface WayStep {
  file: string
  functions: string[]
}

/**
 * The numbered list below a heading, as steps. A step names its file in backticks, and behind it functions with their
 * brackets: `` 1. `src/a.ts`: `parse()` then `match()` … ``.
 */
export function readWay(document: string, heading: string): WayStep[] {
  const [, section = ''] = document.split(new RegExp(`^## ${heading}$`, 'm'))
  const [list = ''] = section.split(/^## /m)
  const items = list.split(/^\d+\. /m).slice(1)
  return items.flatMap((item) => {
    const names = Array.from(item.matchAll(/`([^`]+)`/g), ([, name = '']) => name)
    const steps: WayStep[] = []
    for (const name of names) {
      if (/^src\/.*\.\w+$/.test(name)) steps.push({ file: name, functions: [] })
      else if (/^\w+\(\)$/.test(name)) steps.at(-1)?.functions.push(name.slice(0, -2))
    }
    return steps
  })
}

/** What of a way does not exist: files, and functions that their file does not declare. */
export function findLostSteps(root: string, steps: readonly WayStep[]): string[] {
  return steps.flatMap(({ file, functions }) => {
    if (!existsSync(join(root, file))) return [`${file} does not exist`]
    const source = readFileSync(join(root, file), 'utf8')
    return functions.filter((name) => !declares(source, name)).map((name) => `${file} declares no ${name}()`)
  })
}

// A function, a constant that holds one, or a method.
const declares = (source: string, name: string): boolean =>
  new RegExp(`(?:function\\*? +|(?:const|let) +|^ +(?:static |async |readonly |#)*)${name}\\b`, 'm').test(source)
