// What a browser's bundle is told when it asks for a door that exists on the server alone.
import { defineErrors } from '../../1-contracts/index.ts'

/** The catalogue of refused doors. */
export const errors = defineErrors({
  SERVER_DOOR_IN_BROWSER: {
    message: ({ door, importer }: { door: string; importer?: string }) =>
      `${importer ? `${importer} imports` : 'A browser was given'} ${door}, which runs on the server only.`,
    fix: ({ door }) => `${waysOut[door] ?? 'Use it in a file that runs on the server'}.`,
  },
})

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
  'layer9/host': 'Import it in a server of your own, outside app/',
}
