import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { defineErrors, type Layer9Error } from '../../1-contracts/index.ts'
import { drawAnyError } from '../draw-any-error.ts'
import { chooseFailure, holdErrors, unwrapFailure } from './failure.ts'

const { BROKEN } = defineErrors({ BROKEN: { message: () => 'It broke.', fix: () => 'Mend it.' } })

/** As Rolldown throws it. */
const thrown = (...errors: unknown[]): Error =>
  Object.assign(new Error(`Build failed with ${errors.length} errors`), { errors })

const text = (reason: unknown): string => drawAnyError(unwrapFailure(reason))

describe('unwrapFailure', () => {
  it('gives the one error of the framework as it is', () => {
    const error: Layer9Error = BROKEN({})
    expect(unwrapFailure(thrown(error))).toBe(error)
  })

  it('gives it back the code that the bundler has put away', () => {
    const error = Object.assign(BROKEN({}), { code: 'PLUGIN_ERROR', pluginCode: 'BROKEN' })
    expect(unwrapFailure(thrown(error))).toMatchObject({ code: 'BROKEN' })
  })

  it('gives several together, each said once', () => {
    const said = text(thrown(BROKEN({}), BROKEN({})))
    expect(said.match(/It broke\./g)).toHaveLength(2)
    expect(said).not.toContain('Build failed with')
  })

  it('shows of our plugins the message alone', () => {
    const error = Object.assign(new Error('LAYER_WIRE  a.ts imports b.ts'), { plugin: 'layer9:layers', frame: '1 | a' })
    expect(text(thrown(error))).toBe('LAYER_WIRE  a.ts imports b.ts\n1 | a')
  })

  it('shows of other plugins their name, the file and their own stack', () => {
    const error = Object.assign(new Error('No.'), { plugin: 'mine', id: '/app/a.ts' })
    error.stack =
      'Error: No.\n    at mine (/app/mine.ts:1:1)\n    at run (/app/node_modules/vite/dist/node/chunks/node.js:1:1)'
    expect(text(thrown(error))).toBe('[plugin mine] /app/a.ts\nError: No.\n    at mine (/app/mine.ts:1:1)')
  })

  it('shows what the bundler says itself without its stack', () => {
    const error = thrown({ kind: 'MISSING_EXPORT' })
    error.message = '\u001b[31m[MISSING_EXPORT]\u001b[0m "a" is not exported'
    expect(text(error)).toBe('[MISSING_EXPORT] "a" is not exported')
  })

  it('leaves everything else alone', () => {
    for (const reason of [new Error('a'), new AggregateError([new Error('b')]), 'c', undefined])
      expect(unwrapFailure(reason)).toBe(reason)
  })
})

/** Both sides of the build find that a name is missing: the bundler in its words, we in ours. */
const missing = '\u001b[31m[MISSING_EXPORT] \u001b[0m"list" is not exported by "app/a.tsx".'
const { IMPORT_NAME_MISSING } = defineErrors({
  IMPORT_NAME_MISSING: {
    message: (data: { name: string; from: string }) => `${data.from} exports nothing called "${data.name}".`,
    fix: () => 'Export it.',
  },
})
const ours = IMPORT_NAME_MISSING({ name: 'list', from: 'app/a.tsx' })

describe('chooseFailure', () => {
  it('is the server’s, of which the browser’s may be an echo', () => {
    const server = new Error('No.')
    expect(chooseFailure([server, new Error('echo')])).toBe(server)
    expect(chooseFailure([server, thrown(ours)])).toBe(server)
    expect(chooseFailure([server])).toBe(server)
  })

  it('is ours where the bundler says only that a name is missing', () => {
    const server = thrown(new Error(missing))
    expect(chooseFailure([server, thrown(ours)])).toBe(ours)
    expect(chooseFailure([server, new Error('echo')])).toMatchObject({ message: missing })
    expect(chooseFailure([thrown(new Error(missing), new Error('more')), thrown(ours)])).toBeInstanceOf(AggregateError)
  })
})

describe('holdErrors', () => {
  /** What a build that logs these errors and then ends as given writes. */
  function written(errors: readonly string[], failure?: Error): string[] {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => spy.mockRestore())
    const { logger, release } = holdErrors()
    for (const message of errors) logger.error(message)
    expect(spy).not.toHaveBeenCalled()
    release(failure)
    return spy.mock.calls.map(([message]) => String(message))
  }

  it('writes nothing that the failure says too', () => {
    const failure = new Error('a is missing\n1 | a')
    expect(written(['\u001b[31ma is missing\u001b[0m\n1 | a\n', '✗ Build failed in 3ms', 'other'], failure)).toEqual([
      'other',
    ])
  })

  it('writes nothing of what is said in other words, or with the frame of the other half', () => {
    const frames = [`${missing}\n 1 | import {list} from './a'`, `${missing}\n 1 | import { list } from "./a";`]
    expect(written(frames, ours)).toEqual([])
    expect(written(frames, new Error('[MISSING_EXPORT] "list" is not exported by "app/a.tsx".\n 2 | x'))).toEqual([])
    expect(written(frames, IMPORT_NAME_MISSING({ name: 'other', from: 'app/a.tsx' }))).toEqual(frames)
  })

  it('writes what a build that went well has said', () => {
    expect(written(['a is odd'])).toEqual(['a is odd'])
  })
})
