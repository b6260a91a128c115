// All rows of Chinook, as an app would take them over: from the original in its own form to what the fields say.
import type { Kysely } from 'kysely'
import type { DatabaseTables } from '../../src/3-data/table.ts'
import type { Original, Row } from './original.ts'
import type { tables } from './tables.ts'

/** The database as the app sees it. */
export type Chinook = Kysely<DatabaseTables<typeof tables>>

/** The tables in an order in which each comes after those that it refers to, with their names in the original. */
const originals = {
  artists: 'artist',
  albums: 'album',
  genres: 'genre',
  media_types: 'media_type',
  tracks: 'track',
  playlists: 'playlist',
  playlists_tracks: 'playlist_track',
  employees: 'employee',
  customers: 'customer',
  invoices: 'invoice',
  invoice_lines: 'invoice_line',
} as const

/** A table of Chinook. */
export type Name = keyof typeof originals

/** All of them. */
export const names: readonly Name[] = Object.keys(originals) as Name[]

/** Rows of a statement: SQLite takes at most 32,766 values in one. */
const most = 1000

/** Inserts every row, in one transaction. */
export async function load(db: Chinook, original: Original): Promise<void> {
  await db.transaction().execute(async () => {
    for (const name of names) {
      const rows = await rowsOf(name, original)
      for (let at = 0; at < rows.length; at += most) {
        // Rows of any table, as they are read: the types of one would be those of all.
        const some = rows.slice(at, at + most) as never
        await db.insertInto(name).values(some).execute()
      }
    }
  })
}

/** The rows of a table as the fields of its entity say, by their keys. */
export async function rowsOf(name: Name, original: Original): Promise<Row[]> {
  const rows = await original.rows(`select * from ${originals[name]} order by 1, 2`)
  return rows.map((row) => {
    const fields = Object.entries(row).map(([column, value]) => [toField(column, name), value] as const)
    return Object.fromEntries(fields.map(([field, value]) => [field, toValue(field, value)]))
  })
}

/** `TrackId` and `track_id` are the `id` of a track, and the `trackId` of everything else. */
function toField(column: string, table: Name): string {
  const word = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const field = `${word[0]!.toLowerCase()}${word.slice(1)}`
  if (table === 'playlists_tracks') return field === 'playlistId' ? 'playlists' : 'tracks'
  return field.toLowerCase() === `${originals[table].replaceAll('_', '')}id` ? 'id' : field
}

/** Moments are texts, `2021-01-01 00:00:00`; money is a number of SQLite. */
function toValue(field: string, value: unknown): unknown {
  if (value === null) return null
  if (field === 'unitPrice' || field === 'total') return Number(value).toFixed(2)
  if (field === 'invoiceDate') return new Date(`${String(value).replace(' ', 'T')}Z`)
  return field.endsWith('Date') ? String(value).slice(0, 10) : value
}
