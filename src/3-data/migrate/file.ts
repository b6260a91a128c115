// The files of `app/data/migrations`: how they are known, and in which order they come.
import { applySteps } from './apply.ts'
import type { Migration } from './migration.ts'
import { emptyShape, type Shape } from './shape.ts'

/** A migration by its name. */
export interface NamedMigration {
  /** Its name in the folder: `0003_add_bio.ts`. */
  readonly name: string
  readonly migration: Migration
}

/** A migration as it lies in the folder. */
export interface MigrationFile extends NamedMigration {
  /** That of its text, by `checksumOf()`. */
  readonly checksum: string
}

/** Files, or what is known of them, by their numbers, and by their names where numbers are the same. */
export function inOrder<Named extends { readonly name: string }>(files: Iterable<Named>): Named[] {
  return [...files].sort(
    ({ name: one }, { name: other }) => numberOf(one) - numberOf(other) || (one < other ? -1 : Number(one > other)),
  )
}

/** The number with which a name begins; 0 where there is none. */
export const numberOf = (name: string): number => Number.parseInt(name, 10) || 0

/** The shape that all migrations together make of nothing. */
export function shapeOfFiles(files: readonly NamedMigration[]): Shape {
  return inOrder(files).reduce<Shape>(
    (shape, { name, migration }) => applySteps(migration.steps('up'), shape, name),
    emptyShape,
  )
}
