// Which part of a contract an expression names.
import type { ESTree } from 'vite'
import type { DescribedContract, DescribedExports, DescribedField } from './describe.ts'
import type { Use } from './uses.ts'

type Node = ESTree.Node
type Steps = Use['steps']

/** An expression, and what stands in its place. */
export interface NamedPart {
  readonly node: Node
  readonly code: string
  /** A constant that the module gets for it. */
  readonly constant?: { readonly name: string; readonly code: string }
}

/** What stands for a name: a contract, a field, or all exports of a module. */
export type Named = DescribedField | DescribedContract | DescribedExports

/**
 * What stands in the place of a use; undefined where nothing can.
 *
 * @param validators the names by which the module calls `validate` of `layer9/contracts`
 */
export function findPart(use: Use, named: Named, validators: ReadonlySet<string>): NamedPart | undefined {
  const part = partOf(new Place(use, validators), named)
  const parent = part && parentOf(use, part.node)
  if (!part || isChanged(part.node, parent)) return undefined
  // `{ Post }` is `{ Post: Post }`.
  const isShort = parent?.type === 'Property' && parent.shorthand
  return isShort ? { ...part, code: `${use.name}: ${part.code}` } : part
}

/** An expression within a use, and what follows it. */
class Place {
  readonly use: Use
  readonly validators: ReadonlySet<string>
  readonly at: number

  constructor(use: Use, validators: ReadonlySet<string>, at = 0) {
    this.use = use
    this.validators = validators
    this.at = at
  }

  get node(): Node {
    return this.use.steps[this.at - 1]?.node ?? this.use.node
  }

  get rest(): Steps {
    return this.use.steps.slice(this.at)
  }

  after(steps: number): Place {
    return new Place(this.use, this.validators, this.at + steps)
  }

  part(code: string | undefined): NamedPart | undefined {
    return code === undefined ? undefined : { node: this.node, code }
  }
}

function partOf(place: Place, named: Named): NamedPart | undefined {
  if (!isNames(named)) {
    const inner = named[place.rest[0]?.key ?? '']
    return inner && partOf(place.after(1), inner)
  }
  const part = named.type === 'field' ? partOfField(place, named) : partOfContract(place, named)
  return validatorOf(place, named) ?? part ?? place.part(named.whole)
}

const isNames = (named: Named): named is DescribedField | DescribedContract => typeof named['type'] === 'string'

/** What validates: its function, or as much of a schema as `validate()` looks at. */
function validatorOf(place: Place, { validate }: DescribedField | DescribedContract): NamedPart | undefined {
  const [first, second] = place.rest
  if (validate === undefined) return undefined
  if (first?.key === '~standard' && second?.key === 'validate') return place.after(2).part(validate)
  if (first || !isValidated(place)) return undefined
  return place.part(`({ "~standard": { validate: ${validate} } })`)
}

/** Whether an expression is what `validate()` is given: it looks at nothing else of it. */
function isValidated({ node, use, validators }: Place): boolean {
  const call = parentOf(use, node)
  return (
    call?.type === 'CallExpression' &&
    call.arguments[0] === node &&
    call.callee.type === 'Identifier' &&
    validators.has(call.callee.name)
  )
}

function partOfContract(place: Place, { fields }: DescribedContract): NamedPart | undefined {
  const [first, second] = place.rest
  if (first?.key !== 'fields') return undefined
  if (!second) return takenApart(place.after(1), fields)
  const names = Object.hasOwn(fields, second.key) ? fields[second.key] : undefined
  if (!names) return undefined
  const field = place.after(2)
  return validatorOf(field, names) ?? partOfField(field, names) ?? field.part(names.whole)
}

/** `const { title, body } = Post.fields` names two. */
function takenApart(place: Place, fields: DescribedContract['fields']): NamedPart | undefined {
  const parent = parentOf(place.use, place.node)
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return undefined
  const found = parent.id.properties.flatMap((property) => {
    const name = property.type === 'Property' && !property.computed ? nameOf(property.key) : undefined
    const part = name !== undefined && Object.hasOwn(fields, name) ? fields[name]?.whole : undefined
    return name !== undefined && part !== undefined ? [{ name, part }] : []
  })
  if (found.length < parent.id.properties.length) return undefined
  const code = `({ ${found.map(({ name, part }) => `${name}: ${part}`).join(', ')} })`
  return place.part(code)
}

const nameOf = (key: Node): string | undefined => (key.type === 'Identifier' ? key.name : undefined)

function partOfField(place: Place, { says, keys, description }: DescribedField): NamedPart | undefined {
  const [first, second] = place.rest
  if (first?.key !== 'description') return undefined
  // In brackets: `200.toFixed()` is no JavaScript.
  if (second && Object.hasOwn(says, second.key)) return place.after(2).part(`(${says[second.key]})`)
  // What a description does not say, and no object has, is not there.
  if (second && !keys.includes(second.key) && !(second.key in Object.prototype)) return place.after(2).part('(void 0)')
  return description && { node: place.after(1).node, code: description.name, constant: description }
}

/** What an expression stands in. */
function parentOf({ node, above }: Use, inner: Node): Node | undefined {
  const chain = [node, ...above]
  return chain[chain.indexOf(inner) + 1]
}

/** Whether something is written to an expression, which a part is not there for. */
function isChanged(node: Node, parent: Node | undefined): boolean {
  return (
    (parent?.type === 'AssignmentExpression' && parent.left === node) ||
    parent?.type === 'UpdateExpression' ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'delete')
  )
}
