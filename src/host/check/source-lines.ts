// Recognises the source of a server module inside other text, by the lines that only this module has.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Project } from './project.ts'

/** Shorter lines (a brace, a return) are the same in many files. */
const shortest = 30
/** So many distinctive lines of one module are no accident; a module that has fewer needs all of its own. */
const enough = 3

/** Lines that are told apart from those of modules that browsers may have. */
export class SourceLines {
  /** Which server modules a line stands in. */
  readonly #modules = new Map<string, Set<string>>()
  readonly #counts = new Map<string, number>()

  /** `modules`: the server's, relative to the project. */
  constructor(project: Project, modules: readonly string[]) {
    const shared = new Set<string>()
    const server = new Set(modules)
    for (const path of project.files) {
      if (server.has(project.relative(path)) || !project.layerOf(path)) continue
      for (const line of distinctLines(readFileSync(path, 'utf8'))) shared.add(line)
    }
    for (const module of modules) {
      for (const line of distinctLines(readFileSync(resolve(project.root, module), 'utf8'))) {
        if (shared.has(line) || /^(?:import|export)\b.*\bfrom\b/.test(line)) continue
        const holders = this.#modules.get(line) ?? new Set()
        this.#modules.set(line, holders.add(module))
        this.#counts.set(module, (this.#counts.get(module) ?? 0) + 1)
      }
    }
  }

  /** The server modules whose source a text holds, as it is or as a string of JavaScript or JSON. */
  modulesIn(text: string): Set<string> {
    const seen = new Map<string, number>()
    for (const line of distinctLines(text.includes('\\n') ? [text, ...stringsIn(text)].join('\n') : text)) {
      for (const module of this.#modules.get(line) ?? []) seen.set(module, (seen.get(module) ?? 0) + 1)
    }
    const found = [...seen].filter(([module, count]) => count >= Math.min(enough, this.#counts.get(module) ?? enough))
    return new Set(found.map(([module]) => module))
  }
}

function distinctLines(text: string): Set<string> {
  const lines = new Set<string>()
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (trimmed.length >= shortest) lines.add(trimmed)
  }
  return lines
}

/**
 * What the strings of JavaScript or JSON hold. Where one begins is not known without parsing: the text is taken apart at
 * every quote, once for those of JSON and templates and once for the others, which may stand inside of these.
 */
function stringsIn(text: string): string[] {
  return [/(?<!\\)["`]/, /(?<!\\)'/].flatMap((quote) => text.split(quote).map(unescaped))
}

/** The escapes with which JSON and minified JavaScript write what stands in source: enough to compare lines. */
function unescaped(text: string): string {
  const letters: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
  return text.replace(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (letters[letter ?? ''] ?? letter ?? ''),
  )
}
