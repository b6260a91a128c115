import type MagicString from 'magic-string'
import type { ModuleScan } from './scan.ts'

/** What the compiler's output needs from outside: names of the runtime's functions and of its own variables. */
export interface Names {
  readonly side: 'browser' | 'server'
  /** The local name of a function of the runtime, which is imported from then on. */
  readonly call: (name: string) => string
  /** A variable of the compiler's own, e.g. `template(0)`. */
  readonly template: (index: number) => string
  /** The function that joins a template's markup on the server. */
  readonly write: (index: number) => string
  readonly temporary: () => string
}

/** The variables of the compiler's own in one module: a prefix that the module's text does not hold keeps them apart. */
export class LocalNames implements Names {
  readonly side: Names['side']
  readonly #prefix: string
  readonly #imported = new Set<string>()
  #hasTemporary = false

  constructor(code: string, side: Names['side']) {
    this.side = side
    let prefix = '_$'
    while (code.includes(prefix)) prefix += '$'
    this.#prefix = prefix
  }

  readonly call = (name: string): string => {
    this.#imported.add(name)
    return this.#prefix + name
  }

  readonly template = (index: number): string => `${this.#prefix}t${index + 1}`

  readonly write = (index: number): string => `${this.#prefix}w${index + 1}`

  readonly temporary = (): string => {
    this.#hasTemporary = true
    return `${this.#prefix}props`
  }

  /** The statements that declare what was used: the import, and the variable for spread objects. */
  importFrom(door: string): string[] {
    const names = [...this.#imported].sort().map((name) => `${name} as ${this.#prefix}${name}`)
    return [
      ...(names.length > 0 ? [`import { ${names.join(', ')} } from '${door}';`] : []),
      ...(this.#hasTemporary ? [`let ${this.#prefix}props;`] : []),
    ]
  }
}

/** Puts statements right behind the imports (or directives) that a module begins with. */
export function insertHead(text: MagicString, scan: ModuleScan, ...groups: readonly string[][]): void {
  const statements = groups.flat()
  if (statements.length === 0) return
  let end = 0
  if (scan.program.hashbang) end = scan.program.hashbang.end
  for (const statement of scan.program.body) {
    const isDirective = statement.type === 'ExpressionStatement' && 'directive' in statement && statement.directive
    if (statement.type !== 'ImportDeclaration' && !isDirective) break
    end = statement.end
  }
  const lines = statements.join('\n')
  if (end === 0) text.prepend(`${lines}\n`)
  else text.appendLeft(end, `\n${lines}\n`)
}
