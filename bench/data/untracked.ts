// Layer9 without the record of what is read and written, which no app can have: what that costs is the difference.
import type { CompiledQuery } from 'kysely'
import { connect } from '../../src/3-data/connect.ts'
import { Converter } from '../../src/3-data/convert.ts'
import type { DatabaseTables } from '../../src/3-data/index.ts'
import { readModel } from '../../src/3-data/model.ts'
import { dialectOf } from '../../src/3-data/open.ts'
import type { Open } from './candidate.ts'
import { candidate, tables } from './layer9.ts'

class Untracked extends Converter {
  protected override withAccess<Result>(compiled: CompiledQuery<Result>): CompiledQuery<Result> {
    return compiled
  }
}

export const open: Open = async (url, rows) => {
  const dialect = dialectOf(url)
  const model = readModel(tables, dialect)
  const converter = new Untracked(model, dialect)
  const compiler: NonNullable<Parameters<typeof connect>[1]>['compiler'] = (inner) => converter.compiler(inner)
  const db = connect<DatabaseTables<typeof tables>>(url, { plugins: [converter], compiler })
  return await candidate(db, model, rows)
}
