// `layer9/lint`: the layer rules where one writes, as a plugin for oxlint and ESLint. They parse a file for themselves; the
// rules are those of `layer9 check`, which a comment in a file cannot switch off.
import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { Checker, type CheckOptions, type Violation } from './check/index.ts'

/** What a linter tells a rule of the file that it looks at, as far as this one asks. */
interface RuleContext {
  /** Absolute. */
  readonly filename: string
  readonly sourceCode: { readonly text: string; readonly ast: unknown }
  report(problem: { message: string; loc: { start: Position; end: Position } }): void
}

/** Lines count from 1, columns from 0. */
interface Position {
  readonly line: number
  readonly column: number
}

/** The rule `layer9/layers`. */
interface LayersRule {
  readonly meta: { readonly type: 'problem'; readonly docs: { readonly description: string }; readonly schema: [] }
  create(context: RuleContext): { Program(): void }
}

/** A plugin in the shape that ESLint 9 and oxlint take. */
interface LintPlugin {
  readonly meta: { readonly name: 'layer9' }
  readonly rules: { readonly layers: LayersRule }
  readonly configs: {
    readonly recommended: {
      readonly plugins: { readonly layer9: LintPlugin }
      readonly rules: { readonly 'layer9/layers': 'error' }
    }
  }
}

const layers: LayersRule = {
  meta: { type: 'problem', docs: { description: 'A file imports only what its layer may.' }, schema: [] },
  create: (context) => ({
    Program() {
      for (const violation of judge(context.filename, context.sourceCode.text)) context.report(toProblem(violation))
    },
  }),
}

/**
 * The plugin. Its one rule, `layers`, shows what `layer9 check` would say of a file. Oxlint finds it by a name:
 * `{ "jsPlugins": ["layer9/lint"], "rules": { "layer9/layers": "error" } }` in `.oxlintrc.json`.
 *
 * @example
 * // eslint.config.js
 * import layer9 from 'layer9/lint'
 * export default [layer9.configs.recommended]
 */
const plugin: LintPlugin = {
  meta: { name: 'layer9' },
  rules: { layers },
  get configs() {
    return { recommended: { plugins: { layer9: plugin }, rules: { 'layer9/layers': 'error' } } } as const
  },
}

export default plugin

const toProblem = ({ code, message, fix, line, column, length }: Violation) => ({
  message: `${code}  ${message}\n${fix}`,
  loc: { start: { line, column: column - 1 }, end: { line, column: column - 1 + length } },
})

/** What is known of a project, and when it was last asked. */
interface Known {
  readonly checker: Checker
  readonly at: number
}

const known = new Map<string, Known>()

/** Milliseconds without a question after which other files may have changed: an editor's pause, no linter's between two files. */
const pause = 500

function judge(file: string, text: string): readonly Violation[] {
  const project = projectAround(file)
  if (!project) return []
  const before = known.get(project.root)
  const isRecent = before && Date.now() - before.at < pause
  const checker = isRecent ? before.checker : new Checker(project, before?.checker)
  const violations = checker.checkFile(file, text)
  known.set(project.root, { checker, at: Date.now() })
  return violations
}

/** The app that a file is part of, or this framework's own source. */
function projectAround(file: string): (CheckOptions & { cache: string }) | undefined {
  if (file.includes(`${sep}node_modules${sep}`)) return undefined
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const mode = file.startsWith(join(folder, 'app') + sep) ? 'app' : 'source'
    const isRoot =
      mode === 'app'
        ? existsSync(join(folder, 'package.json'))
        : file.startsWith(join(folder, 'src') + sep) && existsSync(join(folder, 'src/1-contracts'))
    if (isRoot) return { root: folder, mode, cache: join(folder, '.layer9/check.json') }
  }
  return undefined
}
