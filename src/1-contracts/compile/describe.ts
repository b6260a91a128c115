// What stands in the place of a module's contracts in browsers, as code: what a description says, which is written where it
// is named; and parts that work, each a module of its own, so that a page loads no more than what its own code names. It
// runs where the contracts are evaluated, among their own classes.
//
//   export const NewPost = schema({ title: text({ max: 200, label: 'Title' }) })
//
// comes to `200`, `"Title"` and `{ "kind": "text", … }`, and to the parts `NewPost$title$` (the field), `NewPost$title$$` (its
// validator), `NewPost$` and `NewPost$$`. No field has a `$` in its name.
import { type Contract, Schema } from '../contract.ts'
import { Entity } from '../entity.ts'
import { type AnyField, ContractField } from '../field.ts'
import { isRecord } from '../plain.ts'
import { type CodeWriter, checkedPart, writeCheck } from './kinds.ts'

/** What stands in the place of a field; what cannot be written is undefined. */
export interface DescribedField {
  readonly type: 'field'
  /** The name of its part. */
  readonly whole: string | undefined
  /** The name of the part that validates it. */
  readonly validate: string | undefined
  /** Its description, as code, and a name for it. */
  readonly description: { readonly name: string; readonly code: string } | undefined
  /** What its description says, as code, by its keys: those that are one text, number or boolean. */
  readonly says: Readonly<Record<string, string>>
  /** All keys of its description. */
  readonly keys: readonly string[]
}

/** What stands in the place of a contract. */
export interface DescribedContract {
  readonly type: 'contract'
  readonly whole: string | undefined
  readonly validate: string | undefined
  readonly fields: Readonly<Record<string, DescribedField>>
}

/** The contracts of a module, by the names that it exports them with. */
export type DescribedExports = Readonly<Record<string, DescribedField | DescribedContract>>

/** What stands in the place of a module's contracts. */
export interface DescribedModule {
  readonly exports: DescribedExports
  /** The code of the parts. Each may use `contracts`, the door, and others by their names. */
  readonly parts: Readonly<Record<string, string>>
}

/**
 * Describes the contracts among the exports of an evaluated module.
 *
 * @example
 * describeModule({ Search: schema({ q: text() }) }).exports // { Search: { type: 'contract', … } }
 */
export function describeModule(exports: Readonly<Record<string, unknown>>): DescribedModule {
  const describer = new Describer()
  const found: Record<string, DescribedField | DescribedContract> = {}
  for (const [name, value] of Object.entries(exports)) {
    // `$` divides the names that are made here.
    const described = name.includes('$') ? undefined : describer.describe(value, name)
    if (described) found[name] = described
  }
  return { exports: found, parts: describer.parts }
}

class Describer {
  readonly parts: Record<string, string> = {}
  readonly #known = new Map<unknown, DescribedField | DescribedContract>()
  /** What validates fields, which is written into each contract that has them. */
  readonly #checked = new Map<AnyField, string | undefined>()

  /** Describes a contract or field, whose parts have the first name that it is met with; undefined for all else. */
  describe(value: unknown, name: string): DescribedField | DescribedContract | undefined {
    const known = this.#known.get(value)
    if (known) return known
    const writer = writerOf((inner) => this.describe(inner, `${name}$_${this.#known.size}`))
    const described = isField(value)
      ? this.#field(value, name, writer)
      : isContract(value)
        ? this.#contract(value, name, writer)
        : undefined
    if (described) this.#known.set(value, described)
    return described
  }

  #field(field: AnyField, name: string, writer: CodeWriter): DescribedField {
    const entries = Object.entries(field.description)
    const says = entries.flatMap(([key, value]) => (isSingle(value) ? [[key, writeSingle(value)]] : []))
    const description = writer.data(field.description)
    const check = writeCheck(field, writer)
    const part = writer.data(checkedPart(field.description))
    const checked = check && part && `{ description: ${part}, check: ${check} }`
    this.#checked.set(field, checked)
    return {
      type: 'field',
      says: Object.fromEntries(says),
      keys: entries.map(([key]) => key),
      description: description === undefined ? undefined : { name: `${name}$0`, code: description },
      validate: this.#part(`${name}$$`, checked && `contracts.fieldValidator(${checked})`),
      whole: this.#part(`${name}$`, check && description && `new contracts.ContractField(${description}, ${check})`),
    }
  }

  #contract(contract: Contract, name: string, writer: CodeWriter): DescribedContract {
    const all = Object.entries(contract.fields)
    // What is a field is described as one.
    const fields = all.map(([key, field]) => [key, this.describe(field, `${name}$${key}`) as DescribedField] as const)
    const validated = all.map(([key, field]) => pair(key, this.#checked.get(field)))
    const wholes = fields.map(([key, { whole }]) => pair(key, whole))
    return {
      type: 'contract',
      fields: Object.fromEntries(fields),
      validate: this.#part(`${name}$$`, wrap('contracts.fieldsValidator({ ', validated, ' })')),
      whole: this.#part(`${name}$`, wholeOf(contract, wrap('{ ', wholes, ' }'), writer)),
    }
  }

  #part(name: string, code: string | undefined): string | undefined {
    if (code === undefined) return undefined
    this.parts[name] = pure(code)
    return name
  }
}

// What an app derives from these classes is its own affair: its code stays.
const isField = (value: unknown): value is AnyField => hasClass(value, ContractField)
const isContract = (value: unknown): value is Contract => hasClass(value, Entity) || hasClass(value, Schema)

function hasClass(value: unknown, kind: { readonly prototype: object }): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === kind.prototype
}

function wholeOf(contract: Contract, fields: string | undefined, writer: CodeWriter): string | undefined {
  if (!fields || !(contract instanceof Entity)) return fields && `new contracts.Schema(${fields})`
  return `new contracts.Entity(${writer.data(contract.name)}, ${fields}, ${writer.data({ key: contract.key })})`
}

function writerOf(describe: (value: unknown) => DescribedField | DescribedContract | undefined): CodeWriter {
  const data = (value: unknown): string | undefined => {
    if (isSingle(value)) return writeSingle(value)
    if (value === null) return 'null'
    if (value === undefined) return 'void 0'
    if (typeof value === 'bigint') return `${value}n`
    if (value instanceof Date) return pure(`new Date(${Number(value)})`)
    if (Array.isArray(value)) return wrap('[', value.map(data), ']')
    if (!isRecord(value)) return describe(value)?.whole
    const entries = Object.entries(value).map(([key, one]) => pair(key, data(one)))
    return wrap('{ ', entries, ' }')
  }
  const validated = (schema: unknown): string | undefined => {
    const validate = describe(schema)?.validate
    return validate && pure(`contracts.validatedBy(${validate})`)
  }
  return { data, validated }
}

const isSingle = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** JSON has no `-0`, `NaN` and infinities. */
const writeSingle = (value: string | number | boolean): string =>
  typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : JSON.stringify(value)

const pair = (key: string, code: string | undefined): string | undefined =>
  code && `${key === '__proto__' ? '["__proto__"]' : JSON.stringify(key)}: ${code}`

/** The parts in brackets; undefined where one cannot be written. */
const wrap = (before: string, parts: readonly (string | undefined)[], after: string): string | undefined =>
  parts.includes(undefined) ? undefined : before + parts.join(', ') + after

/** Code without effects: a bundler drops it where nobody takes what it makes. */
const pure = (code: string): string => `/*#__PURE__*/ ${code}`
