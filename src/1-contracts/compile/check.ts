// What is wrong with an app's contracts, for a check that builds nothing.
import { Layer9Error } from '../catalogue.ts'
import { ContractModules } from './contract-modules.ts'
import { type EvaluateOptions, evaluateContracts } from './evaluate.ts'

/** Evaluates all contracts of an app; what is found is in the order of their files. */
export async function checkContracts(options: EvaluateOptions): Promise<Layer9Error[]> {
  const files = new ContractModules(options.root).list()
  if (files.length === 0 || !(await findError(files, options))) return []
  // One of them is wrong: each tells of itself, and one that others import only once.
  const found = await Promise.all(files.map(async (file) => await findError([file], options)))
  const errors = found.filter((error) => error !== undefined)
  return errors.filter((error, index) => errors.findIndex((other) => keyOf(other) === keyOf(error)) === index)
}

async function findError(files: readonly string[], options: EvaluateOptions): Promise<Layer9Error | undefined> {
  try {
    await evaluateContracts(files, options)
    return undefined
  } catch (error) {
    if (error instanceof Layer9Error) return error
    throw error
  }
}

const keyOf = ({ code, places: [place] }: Layer9Error): string =>
  `${code} ${place?.file}:${place?.line}:${place?.column}`
