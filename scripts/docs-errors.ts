// Writes the error codes that the documentation shows, from the catalogues themselves: `npm run docs:errors`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainAll } from '../src/host/cli/explain.ts'

/** Where the documentation reads them, from the repository's root. */
export const errorsFile = 'docs/app/services/error-codes.json'

/** What belongs into that file now. */
export async function drawErrorCodes(): Promise<string> {
  return `${JSON.stringify(await explainAll(), undefined, 2)}\n`
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', errorsFile), await drawErrorCodes())
