import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { defineErrors } from '../1-contracts/index.ts'
import { createLog, drawLine, type LogLevel, toJsonLine } from './log.ts'

const errors = defineErrors({ TEA_GONE: { message: () => 'There is no tea.', fix: () => 'Make some.' } })

describe('createLog', () => {
  it('writes what is at or above its level', () => {
    const lines: [LogLevel, string][] = []
    const log = createLog((level, message) => lines.push([level, message]), 'warn')
    log.debug('d')
    log.info('i')
    log.warn('w')
    log.error('e')
    expect(lines).toEqual([
      ['warn', 'w'],
      ['error', 'e'],
    ])
  })
})

describe('a line about anything', () => {
  const circle = new Error('round')
  circle.cause = circle
  const secretive = Object.defineProperty(new Error('x'), 'stack', {
    get() {
      throw new Error('no stack for you')
    },
  })
  const silent = Object.create(null)
  const closed = new Proxy(new Error('x'), {
    get() {
      throw new Error('no property for you')
    },
  })
  it.each([
    ['an error that is its own cause', circle],
    ['an error whose stack throws', secretive],
    ['an object without text', silent],
    ['a proxy that refuses', closed],
  ])('is written for %s', (_, error) => {
    const lines: string[] = []
    const log = createLog((level, message, data) => {
      toJsonLine(level, message, data)
      lines.push(drawLine(level, message, data))
    })
    log.error('failed', { error })
    expect(lines).toEqual([expect.stringContaining('error failed')])
  })
})

describe('drawLine', () => {
  it('is short and readable', () => {
    expect(drawLine('info', 'mail sent', { to: 'u1', tries: 2 })).toMatch(/^\d\d:\d\d:\d\d mail sent to=u1 tries=2$/)
    expect(drawLine('warn', 'slow')).toMatch(/ warn slow$/)
  })

  it('draws errors below it, with fix and causes', () => {
    const cause = new Error('kettle broken')
    const drawn = drawLine('error', 'failed', { error: errors.TEA_GONE(undefined, { cause }) })
    expect(drawn).toContain('TEA_GONE  There is no tea.\n  Fix: Make some.')
    expect(drawn).toContain('log.test.ts')
    expect(drawn).toContain('Caused by: Error: kettle broken')
    expect(drawLine('error', 'failed', { error: 'a text' })).toMatch(/failed\na text$/)
  })

  it('says the calls once that an error and its cause have in common', () => {
    const cause = new Error('kettle broken')
    const error = new Error('no tea', { cause })
    const [called = '', rest = ''] = drawLine('error', 'failed', { error }).split('Caused by: ')
    const shared = called
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(1)
    expect(rest).toContain(`    … and the ${shared.length} calls that end the stack above`)
    expect(rest).not.toContain(shared.at(-1))
  })
})

describe('toJsonLine', () => {
  it('is one line of JSON, whatever is in it', () => {
    const line = toJsonLine('error', 'a\nb', { error: errors.TEA_GONE(), note: '\u001b[31m' })
    expect(line).not.toContain('\n')
    expect(line).not.toContain('\u001b')
    expect(JSON.parse(line)).toMatchObject({ level: 50, msg: 'a\nb', err: { type: 'Layer9Error', code: 'TEA_GONE' } })
    expect(JSON.parse(toJsonLine('info', 'short'))).toEqual({ level: 30, time: expect.any(Number), msg: 'short' })
  })

  it('keeps what it is itself, whatever data is called', () => {
    const line = toJsonLine('warn', 'tea', { level: 'high', time: 0, msg: 'no', error: new Error('a'), err: 'b' })
    expect(line.match(/"(?:level|time|msg|err)":/g)).toHaveLength(4)
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      time: expect.any(Number),
      msg: 'tea',
      level_: 'high',
      time_: 0,
      msg_: 'no',
      error: { message: 'a' },
      err: 'b',
    })
  })

  it('has the errors inside of data, and of errors that are several', () => {
    const several = new AggregateError([new Error('one'), errors.TEA_GONE()], 'two')
    const line = JSON.parse(toJsonLine('info', 'odd', { error: several, tried: [{ by: new Error('three') }] }))
    expect(line.err).toMatchObject({ message: 'two', errors: [{ message: 'one' }, { code: 'TEA_GONE' }] })
    expect(line.tried).toMatchObject([{ by: { message: 'three', stack: expect.any(String) } }])
  })

  it('loses no line for an error that is one of its own', () => {
    const round = new AggregateError([], 'round')
    round.errors.push(round, round)
    expect(JSON.parse(toJsonLine('error', 'odd', { error: round }))).toMatchObject({
      msg: 'odd',
      err: expect.stringContaining('round'),
    })
  })

  it('loses no line for data that JSON has no writing for', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const line = toJsonLine('info', 'odd', { circle, big: 12n, none: undefined, run: () => 1 })
    expect(JSON.parse(line)).toMatchObject({
      big: '12n',
      circle: expect.stringContaining('Circular'),
      none: null,
      run: null,
      msg: 'odd',
    })
  })
})

/** Runs a line of code in a process of its own, since what the log is depends on the environment. */
async function run(code: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const module = `import { log } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)}; ${code}`
  return await promisify(execFile)(process.execPath, ['--input-type=module', '-e', module], {
    env: { ...process.env, ...env },
  })
}

describe('log', () => {
  it('writes JSON in production, in order, also when the process ends at once', async () => {
    const code = `log.debug('no'); log.info('one', { a: 1, error: new Error('inner') }); log.warn('two')`
    for (const end of [
      '',
      '; process.exit(0)',
      '; await import("node:timers/promises").then((t) => t.setTimeout(200)); log.info("three"); process.exit(0)',
    ]) {
      const { stdout } = await run(code + end, { NODE_ENV: 'production' })
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines[0]).toMatchObject({ level: 30, msg: 'one', a: 1, err: { type: 'Error', message: 'inner' } })
      expect(lines[1]).toMatchObject({ level: 40, msg: 'two' })
      expect(lines).toHaveLength(end.includes('three') ? 3 : 2)
    }
  })

  it('writes readable lines in development, warnings to stderr, without control characters', async () => {
    const { stdout, stderr } = await run(`log.info('hello \\u001b[2J\\u0007'); log.warn('careful')`, {
      NODE_ENV: 'development',
    })
    expect(stdout).toMatch(/^\S+ hello \ufffd\[2J\ufffd\n$/)
    expect(stderr).toMatch(/warn careful\n$/)
  })

  it('listens to LOG_LEVEL, and takes an unknown one for info', async () => {
    expect(
      (await run(`log.info('i'); log.debug('d')`, { NODE_ENV: 'development', LOG_LEVEL: 'debug' })).stdout,
    ).toContain('debug d')
    expect((await run(`log.info('i'); log.debug('d')`, { NODE_ENV: 'development', LOG_LEVEL: 'loud' })).stdout).toMatch(
      / i\n$/,
    )
  })
})
