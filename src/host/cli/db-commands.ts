// The commands about an app's database, their options and their help.
import { parseArgs } from 'node:util'
import { type Command, common, json, root, text } from './command.ts'

const acceptLoss = {
  type: 'boolean',
  description: 'Go on where data is lost, without asking',
  default: false,
} as const

/** Every value of an option that may be given several times. */
function valuesOf(words: readonly string[], name: string): readonly string[] {
  const options = { [name]: { type: 'string', multiple: true } } as const
  const { values } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true })
  // Without a value it was refused before.
  return (values[name] ?? []) as string[]
}

/** `layer9 db …`. */
export const dbCommands: Readonly<Record<string, Command>> = {
  generate: {
    description: 'Write a migration of what changed in the entities',
    args: {
      root,
      json,
      name: { type: 'string', description: 'What it does, for its file name', valueHint: 'words' },
      rename: {
        type: 'string',
        description: 'What was renamed: table.column=name or table=name; may be given several times',
        valueHint: 'change',
      },
      'no-rename': { type: 'boolean', description: 'Nothing else was renamed' },
      'accept-loss': acceptLoss,
      notify: {
        type: 'boolean',
        description: 'Write triggers instead, by which Postgres tells of what other programs write',
        default: false,
      },
    },
    run: async (given, words) =>
      await (await import('./db/generate.ts')).runGenerate({
        ...common(given),
        name: text(given, 'name'),
        renames: valuesOf(words, 'rename'),
        noRename: words.includes('--no-rename'),
        acceptLoss: given['accept-loss'] === true,
        notify: given['notify'] === true,
      }),
  },
  migrate: {
    description: 'Apply the migrations that the database has not got yet',
    args: { root, json },
    run: async (given) => await (await import('./db/migrate.ts')).runMigrate(common(given)),
  },
  rollback: {
    description: 'Take the last migration back',
    args: { root, json, 'accept-loss': acceptLoss },
    run: async (given) =>
      await (await import('./db/rollback.ts')).runRollback({
        ...common(given),
        acceptLoss: given['accept-loss'] === true,
      }),
  },
  status: {
    description: 'Tell which migrations are applied; exit code 1 where one is not',
    args: { root, json },
    run: async (given) => await (await import('./db/status.ts')).runStatus(common(given)),
  },
  seed: {
    description: 'Run app/data/seed.ts, which writes the first rows',
    args: { root, json },
    run: async (given) => await (await import('./db/seed.ts')).runSeed(common(given)),
  },
  reset: {
    description: 'Delete everything, then apply all migrations and seed',
    args: { root, json, yes: { type: 'boolean', description: 'Do it without asking', default: false } },
    run: async (given) =>
      await (await import('./db/reset.ts')).runReset({ ...common(given), yes: given['yes'] === true }),
  },
  diff: {
    description: 'Tell where the database is not what the entities ask for; exit code 1 where it is not',
    args: { root, json },
    run: async (given) => await (await import('./db/diff.ts')).runDiff(common(given)),
  },
  touch: {
    description: 'Tell all processes of what other programs wrote to tables',
    args: {
      tables: { type: 'positional', description: 'Tables that were written to, e.g. posts users', required: false },
      root,
      json,
    },
    many: true,
    run: async (given) => await (await import('./db/touch.ts')).runTouch({ ...common(given), tables: given._ }),
  },
}
