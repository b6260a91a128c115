// What an editor shows of an entity's types: the objects that they are, not what they were made of.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'
import { type Editor, openEditor } from './harness/language-server.ts'

const contract = `import { entity, id, type Infer, type InferInput, type Insert, integer, oneOf, reference, references, type Row, text, timestamp, type Update } from 'layer9/contracts'

export const Note = entity('notes', {
  id: id(),
  authorId: reference('users'),
  parentId: reference('notes').optional(),
  title: text({ max: 200 }),
  status: oneOf('draft', 'published').default('draft'),
  createdAt: timestamp().default('now'),
  tags: references('tags'),
})
export type NoteRow = Row<typeof Note>
export type NoteInsert = Insert<typeof Note>
export type NoteUpdate = Update<typeof Note>
export type NoteGiven = InferInput<typeof Note>
export type NoteRead = Infer<typeof Note>

export const Picked = Note.pick('title', 'status')
export type PickedRead = Infer<typeof Picked>
export const Change = Note.pick('title', 'parentId').partial()
export type ChangeRead = Infer<typeof Change>
export const Longer = Note.pick('title', 'status').extend({ pages: integer({ min: 1 }) })
export type LongerRead = Infer<typeof Longer>

declare const row: Row<typeof Note>
export const shownRow = row
export const shownParent = row.parentId
`

const data = `import { entity, id, reference, references, text } from 'layer9/contracts'
import { database, many, one, table, withRelations } from 'layer9/data'

const User = entity('users', { id: id(), name: text() })
const Tag = entity('tags', { id: id(), name: text() })
const Note = entity('notes', { id: id(), authorId: reference('users'), title: text(), tags: references('tags') })
const db = database({ users: table(User), tags: table(Tag), notes: table(Note) })

export const shelf = await withRelations(db.selectFrom('notes').select(['notes.title', 'authorId']), {
  author: one(db.selectFrom('users').select('users.name'), {
    from: 'authorId',
  }),
})
export const people = await withRelations(db.selectFrom('users').select('users.id'), {
  notes: many(db.selectFrom('notes').select(['notes.id', 'title']), {
    to: 'authorId',
    with: {
      tags: many(db.selectFrom('tags').innerJoin('notes_tags', 'notes_tags.tags', 'tags.id').select('name'), {
        to: 'notes_tags.notes',
      }),
    },
  }),
})
`

describe('hovers', () => {
  let app: AppCopy
  let editor: Editor

  beforeAll(async () => {
    app = await copyApp('examples/counter')
    await mkdir(join(app.root, 'app/contracts'))
    await app.write('app/contracts/note.ts', contract)
    await runLayer9(['check'], { cwd: app.root })
    editor = await openEditor(app.root)
    expect(await editor.diagnose('app/contracts/note.ts')).toEqual([])
  })
  afterAll(async () => {
    await editor?.close()
    await app?.delete()
  })

  const hover = async (name: string): Promise<string | undefined> => await editor.hover('app/contracts/note.ts', name)

  it('show rows, inserts and updates as plain objects', async () => {
    const row =
      '{ id: string; authorId: string; parentId: string | null; title: string; status: "draft" | "published"; createdAt: Date; }'
    expect(await hover('NoteRow')).toBe(`type NoteRow = ${row}`)
    expect(await hover('shownRow')).toBe(`const shownRow: ${row}`)
    expect(await hover('shownParent')).toBe('const shownParent: string | null')
    expect(await hover('NoteInsert')).toBe(
      'type NoteInsert = { id?: string | undefined; authorId: string; parentId?: string | null | undefined; title: string; status?: "draft" | "published" | undefined; createdAt?: Date | undefined; }',
    )
    expect(await hover('NoteUpdate')).toBe(
      'type NoteUpdate = { authorId?: string | undefined; parentId?: string | null | undefined; title?: string | undefined; status?: "draft" | "published" | undefined; createdAt?: Date | undefined; }',
    )
  })

  it('show what goes in and comes out as plain objects', async () => {
    expect(await hover('NoteGiven')).toBe(
      'type NoteGiven = { id?: string | undefined; authorId: string; parentId?: string | null | undefined; title: string; status?: "draft" | "published" | undefined; createdAt?: Date | undefined; tags: string[]; }',
    )
    expect(await hover('NoteRead')).toBe(
      'type NoteRead = { id?: string | undefined; authorId: string; parentId?: string | null | undefined; title: string; status: "draft" | "published"; createdAt: Date; tags: string[]; }',
    )
    expect(await hover('PickedRead')).toBe('type PickedRead = { title: string; status: "draft" | "published"; }')
    expect(await hover('ChangeRead')).toBe(
      'type ChangeRead = { parentId?: string | null | undefined; title?: string | undefined; }',
    )
    expect(await hover('LongerRead')).toBe(
      'type LongerRead = { title: string; status: "draft" | "published"; pages: number; }',
    )
  })

  it('show of a contract its fields, each with what it holds and how it may be given', async () => {
    expect(await hover('Note ')).toBe(
      'const Note: Entity<"notes", { id: ContractField<string, "made">; authorId: ContractField<string, never>; parentId: ContractField<string, "absent" | "null">; title: ContractField<string, never>; status: ContractField<"draft" | "published", "default">; createdAt: ContractField<Date, "default">; tags: ContractField<string[], "join">; }>',
    )
    expect(await hover('Change ')).toBe(
      'const Change: Schema<{ parentId: ContractField<string, "absent" | "null">; title: ContractField<string, "absent">; }>',
    )
    expect(await hover('Longer ')).toBe(
      'const Longer: Schema<{ title: ContractField<string, never>; status: ContractField<"draft" | "published", "default">; pages: ContractField<number, never>; }>',
    )
  })

  it('show rows with their relations as plain objects', async () => {
    const of = async (name: string) => await editor.hover('app/data/shelf.ts', name)
    expect(await editor.diagnose('app/data/shelf.ts', data)).toEqual([])
    expect(await of('shelf')).toBe(
      'const shelf: { author: { name: string; } | null; authorId: string; title: string; }[]',
    )
    expect(await of('people')).toBe(
      'const people: { id: string; notes: { id: string; tags: { name: string; }[]; title: string; }[]; }[]',
    )
  })

  it('of a mistake stand at the wrong name', async () => {
    const lines = [
      `import { entity, id, integer, type Row, text } from 'layer9/contracts'`,
      'const A = entity("as", {',
      '  id: id(),',
      '  title: 1,',
      '})',
      'const B = entity("bs", { id: id(), title: text() })',
      'B.pick("titel")',
      'const row: Row<typeof B> = { id: "a", title: 1 }',
      'entity("cs", { n: integer() }, { key: ["m"] })',
      'export { A, row }',
    ]
    const found = await editor.diagnose('app/contracts/wrong.ts', `${lines.join('\n')}\n`)
    expect(found.map(({ line, message }) => `${line} ${message.split('\n')[0]}`)).toEqual([
      "4 Type 'number' is not assignable to type 'AnyField'.",
      `7 Argument of type '"titel"' is not assignable to parameter of type '"id" | "title"'.`,
      "8 Type 'number' is not assignable to type 'string'.",
      `9 Type '"m"' is not assignable to type '"n"'.`,
    ])
  })
})
