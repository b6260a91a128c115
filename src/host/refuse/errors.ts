// What a browser's bundle is told when it asks for a door that exists on the server alone.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

/** Each door with what to do instead, an imperative sentence without its full stop. */
export const waysOut: Readonly<Record<string, string>> = {
  'layer9/platform': 'Use it in app/platform or above up to app/api, and hand out the result through a query or action',
  'layer9/data': 'Use it in app/data, and hand out the result through a query or action under app/api',
  'layer9/services': 'Use it in app/services, and hand out the result through a query or action under app/api',
  'layer9/middleware': 'Use it in app/middleware, and name the guard in `access` of a query, action or page',
  'layer9/api': 'Define queries and actions in app/api, and import those: the browser gets typed stubs of them',
  'layer9/components/server': 'Import from layer9/components, which is right on both sides',
  'layer9/routes/server': 'Import from layer9/routes, which is right on both sides',
  'layer9/config': 'Import it in layer9.config.ts alone',
  'layer9/testing': 'Import it in files named *.test.ts alone',
  'layer9/lint': 'Name it in the configuration of your linter alone',
  'layer9/host': 'Import it in a server of your own, outside app/',
}

type RefuseErrors = {
  /** `importer`: the file, with its line where it is known. */
  SERVER_DOOR_IN_BROWSER: ErrorEntry<{ door: string; importer?: string }>
}

const entries: RefuseErrors = {
  SERVER_DOOR_IN_BROWSER: {
    message: ({ door, importer }) =>
      `${importer ? `${importer} imports` : 'A browser was given'} ${door}, which runs on the server only.`,
    fix: ({ door }) => `${waysOut[door] ?? 'Use it in a file that runs on the server'}.`,
  },
}

/** The catalogue of refused doors. */
export const errors: ErrorCatalogue<RefuseErrors> = defineErrors(entries)

/**
 * Throws what a browser is told. A door gives all of its names the value of this call: an import of a name that is not
 * there would fail before the error, and a bundler leaves a statement out that no name depends on.
 *
 * @throws SERVER_DOOR_IN_BROWSER
 */
export function refuse(door: string): never {
  throw errors.SERVER_DOOR_IN_BROWSER({ door })
}
