// One step of a migration, as data.
import type { Database } from '../kysely.ts'
import type { ColumnList, StoredField, TableShape } from './shape.ts'

/** What a step of the user's own works with: the database as it is at that moment, without types of its tables. */
// biome-ignore lint/suspicious/noExplicitAny: the tables of that moment have no type; Kysely's own migrations say the same
export type DataRun = (db: Database<any>) => Promise<unknown>

/** What stands in rows that have no value. */
interface Fill {
  readonly fill?: unknown
}

/** What has been said of a step that loses data. */
interface Loss {
  readonly losesData?: boolean
}

/** What there is to be done to a table. */
export type Step =
  | { readonly kind: 'createTable'; readonly table: string; readonly shape: TableShape }
  | ({ readonly kind: 'dropTable'; readonly table: string } & Loss)
  | { readonly kind: 'renameTable'; readonly table: string; readonly to: string }
  | ({
      readonly kind: 'addColumn'
      readonly table: string
      readonly column: string
      readonly field: StoredField
    } & Fill)
  | ({ readonly kind: 'dropColumn'; readonly table: string; readonly column: string } & Loss)
  | { readonly kind: 'renameColumn'; readonly table: string; readonly column: string; readonly to: string }
  | ({
      readonly kind: 'changeColumn'
      readonly table: string
      readonly column: string
      readonly field: StoredField
    } & Fill &
      Loss)
  | { readonly kind: 'changeKey'; readonly table: string; readonly key: ColumnList }
  | { readonly kind: ListChange; readonly table: string; readonly columns: ColumnList }
  | { readonly kind: 'data'; readonly run: DataRun }

/** Steps about indexes, what is unique, and what is searched. */
export type ListChange = 'addIndex' | 'dropIndex' | 'addUnique' | 'dropUnique' | 'addSearch' | 'dropSearch'

/** A step of some kinds. */
export type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>

/** A step as messages name it. @example drawStep(step) // "dropColumn('users', 'bio')" */
export function drawStep(step: Step): string {
  if (step.kind === 'data') return 'data(…)'
  const column = 'column' in step ? `, '${step.column}'` : ''
  const to = 'to' in step ? `, '${step.to}'` : ''
  const columns = 'columns' in step ? `, [${step.columns.map((one) => `'${one}'`).join(', ')}]` : ''
  return `${step.kind}('${step.table}'${column}${to}${columns})`
}
