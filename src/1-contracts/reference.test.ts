import { describe, expect, it } from 'vitest'
import {
  type ContractField,
  createId,
  entity,
  type FieldFlag,
  id,
  integer,
  reference,
  references,
  schema,
  text,
} from './index.ts'

function read(field: Pick<ContractField<unknown, FieldFlag>, '~standard'>, value?: unknown): unknown {
  const result = field['~standard'].validate(value)
  return result.issues ? result.issues.map(({ path, code }) => `${path.join('.')} ${code}`) : result.value
}

describe('reference', () => {
  it('names an entity without importing it', () => {
    const authorId = reference('users', { label: 'Author' })
    expect(authorId.description).toEqual({
      kind: 'reference',
      to: 'users',
      onDelete: 'restrict',
      key: { kind: 'id' },
      label: 'Author',
    })
    const user = createId()
    expect([read(authorId, user), read(authorId, 'ada'), read(authorId)]).toEqual([user, [' id'], [' required']])
  })

  it('has the kind of the key that it names', () => {
    const albumId = reference('albums', { key: integer({ min: 1 }) })
    expect(albumId.description).toMatchObject({ to: 'albums', key: { kind: 'integer', min: 1 } })
    expect([read(albumId, 7), read(albumId, 0), read(albumId, '7')]).toEqual([7, [' number.min'], [' number']])
  })

  it('leads to its own entity', () => {
    const Employee = entity('employees', { id: id(), bossId: reference('employees').optional() })
    expect(Employee.fields.bossId.description).toMatchObject({ to: Employee.name, null: true })
    expect(read(Employee, { bossId: null })).toEqual({ bossId: null })
  })

  it('leads both ways', () => {
    const Team = entity('teams', { id: id(), leadId: reference('members') })
    const Member = entity('members', { id: id(), teamId: reference('teams').optional() })
    expect(Team.fields.leadId.description).toMatchObject({ to: Member.name })
    expect(Member.fields.teamId.description).toMatchObject({ to: Team.name })
  })
})

describe('one to many', () => {
  it('is a reference of the many: several rows may name the same', () => {
    const Comment = entity('comments', { id: id(), postId: reference('posts', { onDelete: 'cascade' }) })
    expect(Comment.fields.postId.description).not.toHaveProperty('unique')
    const postId = createId()
    expect([read(Comment, { postId }), read(Comment, { postId })]).toEqual([{ postId }, { postId }])
  })

  it('is one to one where the reference is unique', () => {
    expect(reference('users').unique().description).toMatchObject({ kind: 'reference', unique: true })
  })
})

describe('many to many', () => {
  const [red, blue] = [createId(), createId()]

  it('is said in the entity', () => {
    const Post = entity('posts', { id: id(), title: text(), tags: references('tags') })
    expect(Post.fields.tags.description).toEqual({
      kind: 'references',
      to: 'tags',
      onDelete: 'cascade',
      key: { kind: 'id' },
    })
  })

  it('is given as the list of keys, each once', () => {
    expect(read(references('tags'), [red, blue, red])).toEqual([red, blue])
    expect(read(schema({ tags: references('tags') }), { tags: [red, 'x', 'x'] })).toEqual(['tags.1 id', 'tags.2 id'])
    expect([read(references('tags'), red), read(references('tags'))]).toEqual([[' array'], [' required']])
    expect(read(references('tags'), Array.from({ length: 1001 }, createId))).toEqual([' array.max'])
    expect(read(references('tags').optional())).toBeUndefined()
  })

  it('may name rows that have no ids', () => {
    const tracks = references('tracks', { key: integer() })
    expect(tracks.description).toMatchObject({ key: { kind: 'integer' } })
    expect([read(tracks, [2, 1, 2]), read(tracks, [red])]).toEqual([[2, 1], ['0 number']])
  })
})

describe('on delete', () => {
  it.each(['cascade', 'restrict', 'set null'] as const)('is said by the reference: %s', (onDelete) => {
    const Comment = entity('comments', { id: id(), postId: reference('posts', { onDelete }).optional() })
    expect(Comment.fields.postId.description).toMatchObject({ onDelete })
  })

  it('is restrict where nothing is said', () => {
    expect(reference('posts').description).toMatchObject({ onDelete: 'restrict' })
  })

  it('can be null only of what may be null', () => {
    const postId = reference('posts', { onDelete: 'set null' })
    expect(() => entity('comments', { id: id(), postId })).toThrow(
      expect.objectContaining({ code: 'CONTRACT_SET_NULL', data: { name: 'comments', field: 'postId' } }),
    )
    expect(entity('comments', { id: id(), postId: postId.nullable() }).key).toEqual(['id'])
  })
})
