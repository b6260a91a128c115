// What `layer9/data` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/data')

export {
  refused as followReads,
  refused as onWrites,
  refused as touch,
  refused as anything,
  refused as database,
  refused as findBrokenRule,
  refused as many,
  refused as migration,
  refused as one,
  refused as paginate,
  refused as search,
  refused as searchRank,
  refused as table,
  refused as withRelations,
}
