// `layer9 layers`: the ladder of an app, or of each project of the framework.
import { resolve } from 'node:path'
import { checkProjects, drawLadder, measureLadder } from '../check/index.ts'
import { errors } from '../errors.ts'
import { readAliases } from '../vite/aliases.ts'

/** Prints the ladder and gives 0: what breaks a rule is shown here and fails in `layer9 check`. @throws APP_FOLDER_MISSING */
export async function runLayers({ root, json }: { root: string; json: boolean }): Promise<number> {
  const found = await checkProjects({ root, aliases: await readAliases(root) })
  if (found.length === 0) throw errors.APP_FOLDER_MISSING({ root: resolve(root) })
  const ladders = found.map(measureLadder)
  console.log(json ? JSON.stringify({ projects: ladders }, undefined, 2) : ladders.map(drawLadder).join('\n').trimEnd())
  return 0
}
