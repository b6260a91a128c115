import { mkdtempSync, realpathSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import * as contracts from './browser.ts'
import { checkContracts, evaluateContracts } from './build.ts'
import { describeModule } from './compile/describe.ts'
import {
  type AnyField,
  array,
  boolean,
  ContractField,
  date,
  decimal,
  email,
  entity,
  file,
  id,
  integer,
  json,
  Layer9Error,
  number,
  oneOf,
  reference,
  references,
  type StandardSchema,
  schema,
  text,
  timestamp,
  url,
  validate,
} from './index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const options = {
  root: realpathSync(mkdtempSync(join(tmpdir(), 'layer9-contracts-'))),
  tsconfig: join(here, '../../tsconfig/app.json'),
  door: (specifier: string) => (specifier === 'layer9/contracts' ? join(here, 'index.ts') : undefined),
}
afterEach(async () => await rm(options.root, { recursive: true, force: true }))

/** Writes the modules of an app, and evaluates them; those of contracts first. */
async function evaluate(modules: Readonly<Record<string, string>>) {
  const files = Object.entries(modules).map(([path, code]) => [join(options.root, 'app', path), code] as const)
  for (const [path, code] of files) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
  return await evaluateContracts([files[0]![0]], options)
}

/** What evaluating is refused with: its code, and the line that it names. */
async function refusal(modules: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const error = await evaluate(modules).catch((thrown: unknown) => thrown)
  if (!(error instanceof Layer9Error)) throw new Error(`It was not refused: ${error}`)
  const [place] = error.places
  return [error.code, `${place?.file}:${place?.line}:${place?.column}`, place?.source?.split('\n')[place.line - 1]]
}

/** Runs the code that stands in the place of contracts, as a browser would. */
function run<Exports extends object>(exports: Exports): { [Name in keyof Exports]: StandardSchema & Exports[Name] } {
  const described = describeModule(exports as Record<string, unknown>)
  const made: Record<string, unknown> = {}
  const code = Object.entries(described.parts).map(([name, part]) => `const ${name} = ${part}; made.${name} = ${name}`)
  new Function('contracts', 'made', code.join('\n'))(contracts, made)
  const wholes = Object.keys(exports).map((name) => [name, made[described.exports[name]?.whole ?? '']])
  return Object.fromEntries(wholes)
}

const foreign: StandardSchema = { '~standard': { version: 1, vendor: 'other', validate: (value) => ({ value }) } }

const fields: Readonly<Record<string, AnyField & StandardSchema>> = {
  id: id(),
  text: text({ min: 2, max: 5, trim: true, pattern: /[a-z ]+/, label: 'Name', help: 'What "it" is called' }),
  lines: text({ multiline: true }).optional(),
  email: email({ placeholder: 'a@b.example' }),
  url: url().nullable(),
  integer: integer({ min: -1, max: 7 }).default(3),
  number: number({ max: 0.5 }),
  decimal: decimal({ scale: 2, min: '-1.5', max: '20' }),
  boolean: boolean().default(false),
  date: date(),
  timestamp: timestamp().default(new Date(5)),
  oneOf: oneOf('a', 'b').default('a').unique(),
  array: array(text({ max: 3 }), { min: 1, max: 2 }),
  reference: reference('users'),
  byText: reference('countries', { key: text({ max: 2 }), onDelete: 'cascade' }),
  references: references('tags'),
  json: json(schema({ street: text({ min: 1 }), no: integer().optional() })),
  // biome-ignore lint/suspicious/noThenProperty: a name like any other
  defaulted: json(schema({ then: text() })).default({ then: 'x' }),
  file: file({ accept: ['image/*'], maxSize: 10 }),
}

const values = [
  ...[undefined, null, '', 'a', 'ab', ' abc ', 'abcdef', 'ABC', 'a\nb', 'a@b.example', 'https://example.org/', 0, 3, 8],
  ...[
    0.25,
    -1,
    '12.5',
    '21',
    true,
    '2024-02-29',
    '2024-02-30',
    new Date(7),
    '2024-02-29T10:00:00Z',
    [],
    ['a'],
    ['abcd'],
  ],
  ...['018f0000-0000-7000-8000-000000000000', ['018f0000-0000-7000-8000-000000000000'], 'DE'],
  ...[{ street: 'x', no: 2, other: 1 }, { street: '' }, { key: 'k', name: 'n', type: 'image/png', size: 9 }],
]

describe('descriptions of fields', () => {
  it.each(Object.entries(fields))('say of %s what the field says', (name, field) => {
    const described = describeModule({ field }).exports['field']
    if (described?.type !== 'field') throw new Error(`${name} is not described`)
    const shown = Object.entries(described.says).map(([key, code]) => [key, JSON.parse(code)])
    expect(field.description).toMatchObject(Object.fromEntries(shown))
    expect(described.keys).toEqual(Object.keys(field.description))
    expect(JSON.stringify(run({ field }).field.description)).toBe(JSON.stringify(field.description))
  })

  it.each(Object.entries(fields))('make a %s that takes and refuses the same', (_, field) => {
    const { parts, exports } = describeModule({ field })
    const { field: made } = run({ field })
    for (const value of values) expect(made['~standard'].validate(value)).toEqual(field['~standard'].validate(value))
    // What validates has no words for people.
    expect(parts[exports['field']?.validate ?? '']).not.toMatch(/label|help|placeholder|"What/)
  })

  it('make contracts of the same fields, in their order', () => {
    const Post = entity('posts', { id: id(), title: text(), body: text() }, { key: ['id'] })
    const Short = Post.pick('title')
    const made = run({ Post, Short, Pair: schema({ b: text(), a: text() }) })
    expect([made.Post.name, made.Post.key, Object.keys(made.Pair.fields)]).toEqual(['posts', ['id'], ['b', 'a']])
    expect(made.Short.fields.title).toBe(made.Post.fields.title)
    expect(validate(made.Short, { title: 'x', more: 1 })).toEqual({ title: 'x' })
    expect(Object.keys(made.Post.extend({ more: text() }).fields)).toEqual(['id', 'title', 'body', 'more'])
  })

  it('leave as it is what cannot be written: schemas of others, and checks of an app’s own', () => {
    class Money extends ContractField<string> {}
    const own = new ContractField<string>({ kind: 'text', label: 'Own' }, () => undefined)
    const money = new Money({ kind: 'text' }, () => undefined)
    const described = describeModule({
      foreign: json(foreign, { label: 'Any' }),
      own,
      money,
      number: 1,
      none: undefined,
    })
    expect(described.parts).toEqual({})
    expect(Object.keys(described.exports)).toEqual(['foreign', 'own'])
    // What they say of themselves is known all the same.
    expect(described.exports['foreign']).toMatchObject({ whole: undefined, says: { kind: '"json"', label: '"Any"' } })
    expect(described.exports['own']).toMatchObject({ whole: undefined, says: { label: '"Own"' } })
  })

  it('are made by evaluating what a module imports', async () => {
    const evaluated = await evaluate({
      'contracts/a.ts': `import { text, timestamp } from 'layer9/contracts'\nimport { max } from '~/contracts/b'\nexport const name = text({ max: max(2) })\nexport const at = timestamp().default('now')`,
      'contracts/b.ts': 'export const max = (times: number): number => times * 20',
    })
    const [module] = evaluated?.modules.values() ?? []
    expect(module?.exports['name']).toMatchObject({ says: { max: '40' } })
    expect(module?.exports['at']).toMatchObject({ says: { default: '"now"' } })
    expect(evaluated?.files.map((path) => path.slice(options.root.length))).toEqual([
      '/app/contracts/b.ts',
      '/app/contracts/a.ts',
    ])
  })
})

const withText = (line: string) => ({
  'contracts/a.ts': `import { createId, text } from 'layer9/contracts'\n\n${line}\n`,
})

describe('what is not pure', () => {
  it('is refused with its place', async () => {
    const lines = {
      environment: "export const a = text({ max: Number(process.env['MAX']) })",
      meta: "export const a = text({ label: 'import.meta.env', max: import.meta.env.DEV ? 1 : 2 })",
      global: "export const a = text({ label: globalThis.process.env['LABEL'] ?? '' })",
      browser: "export const a = text({ max: typeof document === 'undefined' ? 1 : 2 })",
      clock: 'export const a = text({ max: Date.now() })',
      moment: 'export const a = text({ max: new Date().getFullYear() })',
      chance: 'export const a = text({ max: Math.round(Math.random()) })',
      id: 'export const a = text({ label: createId() })',
      caught: "let max = 3\ntry { max = Number(process.env['MAX']) } catch {}\nexport const a = text({ max })",
    }
    const columns: Record<string, string> = {}
    for (const [name, line] of Object.entries(lines)) {
      const [code, place] = await refusal(withText(line))
      expect({ name, code }).toEqual({ name, code: 'CONTRACT_IMPURE' })
      columns[name] = String(place)
    }
    expect(columns).toEqual({
      environment: 'app/contracts/a.ts:3:37',
      meta: 'app/contracts/a.ts:3:56',
      global: 'app/contracts/a.ts:3:43',
      browser: 'app/contracts/a.ts:3:30',
      clock: 'app/contracts/a.ts:3:35',
      moment: 'app/contracts/a.ts:3:30',
      chance: 'app/contracts/a.ts:3:46',
      id: 'app/contracts/a.ts:3:32',
      caught: 'app/contracts/a.ts:4:20',
    })
  })

  it('is refused where a function reads it that a contract calls', async () => {
    const found = await refusal({
      'contracts/a.ts': `import { text } from 'layer9/contracts'\nimport { limit } from './b.ts'\nexport const a = text({ max: limit() })`,
      'contracts/b.ts': "export function limit(): number {\n  return Number(process.env['MAX'])\n}",
    })
    expect(found.slice(0, 2)).toEqual(['CONTRACT_IMPURE', 'app/contracts/b.ts:2:17'])
  })

  it('is refused where it imports what only a server has', async () => {
    const refused = async (line: string) =>
      (
        await refusal({ ...withText(`${line}\nexport const a = text()`), 'services/mail.ts': 'export const x = 1' })
      ).slice(0, 2)
    const place = ['CONTRACT_IMPURE', 'app/contracts/a.ts:3:19']
    expect(await refused("import { x } from '~/services/mail'; x")).toEqual(place)
    expect(await refused("import { y } from 'node:fs'; y")).toEqual(place)
    expect(await refused("import { z } from 'layer9/data'; z")).toEqual(place)
  })

  it('may be read later, in a function that a handler calls', async () => {
    const evaluated = await evaluate(
      withText(
        "export const a = text()\nexport const now = () => [new Date(), process.env['X'], Math.random(), createId()]",
      ),
    )
    expect(evaluated?.modules.size).toBe(1)
  })

  it('is told of each module, and of mistakes in contracts too, with the code that they have', async () => {
    await evaluate({
      'contracts/good.ts': "import { text } from 'layer9/contracts'\nexport const good = text()",
      'contracts/wrong.ts': "import { text } from 'layer9/contracts'\nexport const wrong = text({ max: -1 })",
      'contracts/clock.ts': "import { text } from 'layer9/contracts'\nexport const clock = text({ max: Date.now() })",
      // It has no contract, so nobody evaluates it.
      'contracts/free.ts': 'export const start = Date.now()',
      'contracts/broken.ts': "import { text } from 'layer9/contracts'\nexport const broken = text(null!)",
    })
    const found = await checkContracts(options)
    expect(found.map(({ code, places: [place] }) => `${code} ${place?.file}:${place?.line}`)).toEqual([
      'CONTRACT_BROKEN app/contracts/broken.ts:2',
      'CONTRACT_IMPURE app/contracts/clock.ts:2',
      'CONTRACT_OPTION_INVALID app/contracts/wrong.ts:2',
    ])
  })

  it('is not looked for in what does not parse: that is told with its place elsewhere', async () => {
    expect(await evaluate(withText('export const a = text('))).toBeUndefined()
  })
})
