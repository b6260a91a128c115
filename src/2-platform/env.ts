// Settings: the environment's variables, declared as fields and read once, when the module that declares them is loaded.
import { type AnyField, type Fields, readText, schema } from '../1-contracts/index.ts'
import { type EnvProblem, errors } from './errors.ts'
import { expectedOf } from './expected.ts'

/** What settings are: the value of each field, or `undefined` where it is optional and not set. */
export type Settings<Given extends Fields> = {
  readonly [Name in keyof Given]:
    | Given[Name]['~types']['value']
    | ('absent' extends Given[Name]['~types']['flags'] ? undefined : never)
}

/**
 * Reads environment variables by the fields that they are declared with: `"3000"` is a number where an `integer()` is
 * wanted, `true` and `1` are yes, and a list has commas between its items. An empty variable is one that is not set: its
 * default counts, else it is missing unless it is optional.
 *
 * Declare them in `app/platform/env.ts`, which is loaded before the rest of the app: nothing is served while one is missing
 * or wrong. A build does not load it.
 *
 * @returns a frozen object with every name
 * @throws ENV_INVALID listing everything that is missing or wrong, with what was expected and without values
 * @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_FIELD_TWICE
 * @example
 * const settings = env({ PAGE_SIZE: integer({ min: 1 }).default(20), MAIL_KEY: text().optional() })
 * settings.PAGE_SIZE // 20
 */
export function env<Given extends Fields>(fields: Given): Settings<Given> {
  const read: Record<string, unknown> = {}
  const problems: EnvProblem[] = []
  for (const [name, field] of Object.entries(schema(fields).fields)) {
    const text = process.env[name] ?? ''
    const result = readVariable(name, field, text)
    if (!result.issues) read[name] = result.value[name]
    else
      problems.push({ name, state: text === '' ? 'missing' : 'wrong', expected: expectedOf(name, field.description) })
  }
  if (problems.length > 0) throw errors.ENV_INVALID({ problems })
  // Each was read by its field, whose type says what that gives.
  return Object.freeze(read) as Settings<Given>
}

/** By itself: an absent checkbox is no, an absent variable is not. */
function readVariable(name: string, field: AnyField, text: string) {
  const one = schema({ [name]: field })
  const texts = field.description.kind === 'array' ? text.split(',').map((item) => item.trim()) : [text]
  const given = texts.filter((item) => item !== '').map((item) => [name, item] as const)
  return one['~standard'].validate(given.length > 0 ? readText(one, given, { from: 'url', name }) : {})
}
