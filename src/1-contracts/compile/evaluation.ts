// What modules with contracts came to, for as long as their files stay as they are.
import type { DescribedModule } from './describe.ts'
import { type Evaluated, type EvaluateOptions, evaluateContracts } from './evaluate.ts'

type Evaluating = Promise<Evaluated | undefined>

/** Evaluates each module once. */
export class Evaluation {
  readonly #options: EvaluateOptions
  readonly #known = new Map<string, Evaluating>()

  constructor(options: EvaluateOptions) {
    this.#options = options
  }

  /** Evaluates several modules together, which takes little longer than one. @throws what `evaluateContracts` throws */
  async all(files: readonly string[]): Promise<void> {
    if (files.length === 0) return
    const evaluating = evaluateContracts(files, this.#options)
    for (const file of files) this.#known.set(file, evaluating)
    await evaluating
  }

  /** What a module came to; undefined where it cannot be known. @throws what `evaluateContracts` throws */
  async of(file: string): Promise<DescribedModule | undefined> {
    const evaluating = this.#known.get(file) ?? evaluateContracts([file], this.#options)
    this.#known.set(file, evaluating)
    return (await evaluating)?.modules.get(file)
  }

  /** A file changed: what was made of it is not known any more. The modules that have to be made anew. */
  async forget(file: string): Promise<string[]> {
    const all = await Promise.all(
      [...this.#known].map(async ([entry, evaluating]) => {
        // One that failed may be mended by any file.
        const evaluated = await evaluating.catch(() => undefined)
        return !evaluated || evaluated.files.includes(file) ? [entry] : []
      }),
    )
    const affected = all.flat()
    for (const entry of affected) this.#known.delete(entry)
    return affected
  }
}
