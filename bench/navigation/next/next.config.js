import { join } from 'node:path'

// Turbopack reads nothing outside of this folder; the packages and the texts that all apps share lie above this app. It
// would take a `middleware.ts` there for this app's, so bench/ has none.
export default { turbopack: { root: join(import.meta.dirname, '../..') } }
