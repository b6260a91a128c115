import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
// Vite looks at the console while it is loaded, so it has to be there before the tests replace it.
import './dev.ts'
import { main } from './main.ts'
import { packageVersion } from './package-version.ts'

let out: string[]
let err: string[]
beforeEach(() => {
  out = []
  err = []
  vi.spyOn(console, 'log').mockImplementation((text) => void out.push(String(text)))
  vi.spyOn(console, 'error').mockImplementation((text) => void err.push(String(text)))
})
afterEach(() => vi.restoreAllMocks())

/** Runs the command line inside the test, what it prints caught. */
const run = async (...given: string[]) => ({ code: await main(given), out: out.join('\n'), err: err.join('\n') })

describe('layer9', () => {
  it.each([[[]], [['--help']], [['help']], [['-h']]])('lists the commands for %j', async (given) => {
    const ended = await run(...given)
    expect(ended.code).toBe(0)
    for (const name of ['dev', 'build', 'start', 'check', 'routes', 'layers', 'why', 'explain'])
      expect(ended.out).toContain(name)
  })

  it.each(['dev', 'build', 'start', 'check', 'routes', 'layers', 'why', 'explain'])('explains %s', async (name) => {
    const ended = await run(name, '--help')
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toContain(`layer9 ${name}`)
  })

  it('says its version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, out: packageVersion() })
  })

  it('knows what a misspelt command means', async () => {
    const ended = await run('biuld')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('COMMAND_UNKNOWN  layer9 has no command "biuld"; did you mean "build"?')
    expect(ended.err).toContain('Fix: Run `layer9 build`.')
  })

  it('knows what a misspelt command of a database means', async () => {
    const ended = await run('db', 'migarte')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('COMMAND_UNKNOWN  layer9 has no command "db migarte"; did you mean "db migrate"?')
    expect(await run('db', 'status', 'all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ARGUMENT_UNKNOWN'),
    })
    expect(await run('db', 'status', '--josn')).toMatchObject({
      code: 2,
      err: expect.stringContaining('OPTION_UNKNOWN'),
    })
  })

  it('says that there is no database', async () => {
    const ended = await run('db', 'status', '--root', '/nowhere')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('DATA_MISSING  There is no database here: /nowhere has no app/data/db.ts')
  })

  it.each(['constructor', '__proto__', 'toString'])('has no command %s', async (name) => {
    expect(await run(name)).toMatchObject({ code: 2 })
  })

  it('refuses an option that it would otherwise ignore', async () => {
    const ended = await run('build', '--minify')
    expect(ended).toMatchObject({ code: 2 })
    expect(ended.err).toContain('OPTION_UNKNOWN  `layer9 build` has no option "--minify".')
  })

  it.each([
    [['dev', '--port'], '--port'],
    [['dev', '--port='], '--port'],
    [['dev', '--port', ''], '--port'],
    [['start', '--port', '--host', '127.0.0.1'], '--port'],
    [['check', '--root'], '--root'],
  ])('refuses an option without its value: %j', async (given, option) => {
    const ended = await run(...given)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`OPTION_VALUE_MISSING  \`layer9 ${given[0]} ${option}\` needs a value`)
    expect(ended.err).toContain(`Fix: Write the value behind it, or leave ${option} out`)
  })

  it('refuses to negate what takes a value', async () => {
    expect(await run('dev', '--no-port')).toMatchObject({ code: 2, err: expect.stringContaining('OPTION_UNKNOWN') })
  })

  it.each([
    [['build', 'my-app'], '`layer9 build` has no use for "my-app".', '`--root my-app`'],
    [['start', '--port', '0', 'my-app'], '`layer9 start` has no use for "my-app".', '`--root my-app`'],
    [['explain', 'PORT_INVALID', 'BUILD_MISSING'], '`layer9 explain` has no use for "BUILD_MISSING".', '--help'],
  ])('refuses a word that it would otherwise ignore: %j', async (given, says, fix) => {
    const ended = await run(...given)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`ARGUMENT_UNKNOWN  ${says}`)
    expect(ended.err).toContain(fix)
  })

  it('asks for the file that `why` is about', async () => {
    const ended = await run('why')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('ARGUMENT_MISSING  `layer9 why` needs a file, and none was given.')
  })

  it('writes one form at a time', async () => {
    const ended = await run('check', '--json', '--sarif')
    expect(ended).toMatchObject({ code: 2, err: '' })
    // Data was asked for, so data is what says that there is none.
    expect(JSON.parse(ended.out)).toMatchObject({ ok: false, errors: [{ code: 'OPTIONS_EXCLUSIVE' }] })
    expect(ended.out).toContain('`layer9 check` cannot have --json and --sarif at once.')
  })

  it('says that there is no app', async () => {
    const ended = await run('build', '--root', '/nowhere')
    expect(ended).toMatchObject({ code: 2 })
    expect(ended.err).toContain('APP_FOLDER_MISSING  There is no app here: /nowhere has no folder "app/routes".')
  })

  it('says that there is no build', async () => {
    const ended = await run('start', '--root', '/nowhere')
    expect(ended).toMatchObject({ code: 1 })
    expect(ended.err).toContain('BUILD_MISSING')
    expect(ended.err).toContain('Fix: Run `layer9 build` first.')
  })

  it('refuses a port that is none', async () => {
    expect(await run('dev', '--root', 'examples/counter', '--port', 'http')).toMatchObject({
      code: 2,
      err: expect.stringContaining('PORT_INVALID  PORT is "http", which is no port.'),
    })
  })
})
