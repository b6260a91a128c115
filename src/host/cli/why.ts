// `layer9 why FILE`: what the folder of a file means for it, and what became of it in the last build.
import { errors } from '../errors.ts'
import { drawWhy } from './draw-why.ts'
import { explainFile } from './file-facts.ts'

/** Prints what is known of a file and gives 0. @throws ARGUMENT_MISSING, FILE_UNKNOWN, APP_FOLDER_MISSING */
export async function runWhy(given: { root: string; file: string | undefined; json: boolean }): Promise<number> {
  const { root, file, json } = given
  if (file === undefined)
    throw errors.ARGUMENT_MISSING({ command: 'why', argument: 'file', example: 'app/routes/index.tsx' })
  const why = await explainFile(root, file)
  console.log(json ? JSON.stringify(why, undefined, 2) : drawWhy(why))
  return 0
}
