import { describe, expect, it } from 'vitest'
import { hintOf } from './hint.ts'

const unknown = (name: string, file: string, code = 'TS2304') =>
  hintOf({ code, message: `Cannot find name '${name}'.`, file })

describe('hintOf', () => {
  it('tells the way out of a name of the browser below the wire', () => {
    expect(unknown('window', 'app/services/posts.ts')).toBe(
      '`window` is not known in services (4): it runs on the server. What touches the page belongs in state (7), components (8) or routes (9), in a handler or an effect.',
    )
  })

  it('tells the way out of Node above the wire', () => {
    const words =
      'it runs in the browser too. Use it in platform (2) or services (4) and hand out the result through api (6); a variable whose name begins with PUBLIC_ is read with `publicEnv`.'
    expect(unknown('process', 'app/components/Price.tsx', 'TS2591')).toBe(
      `\`process\` is not known in components (8): ${words}`,
    )
    expect(
      hintOf({ code: 'TS2307', message: "Cannot find module 'fs' or its types.", file: 'app/state/a.ts' }),
    ).toContain('`fs` is not known in state (7)')
  })

  it.each(['window', 'process', 'node:fs', 'fetch', 'setTimeout'])('says what contracts are, of `%s`', (name) => {
    expect(unknown(name, 'app/contracts/post.ts')).toContain(
      'in contracts (1): what both sides agree on is pure and knows neither Node nor the page.',
    )
  })

  it('says why a type must have a name', () => {
    const message = "Exported variable 'a' has or is using private name 'B'."
    expect(hintOf({ code: 'TS4025', message, file: 'app/services/a.ts' })).toContain(
      'write the type of what is exported',
    )
  })

  it.each([
    ['a name that is just unknown', 'recentPosts', 'app/services/posts.ts', 'TS2304'],
    ['a name that is called like a module', 'path', 'app/components/a.ts', 'TS2304'],
    ['what both sides know', 'fetch', 'app/components/a.ts', 'TS2304'],
    ['another error', 'window', 'app/services/posts.ts', 'TS2322'],
    ['a file of no layer', 'window', 'lib/posts.ts', 'TS2304'],
  ])('is silent about %s', (_, name, file, code) => {
    expect(unknown(name, file, code)).toBeUndefined()
  })
})
