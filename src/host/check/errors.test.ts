import { describe, expect, it } from 'vitest'
import { errors } from './errors.ts'
import { layerNumbered } from './layers.ts'
import type { Facts } from './violation.ts'

const facts: Facts = {
  file: 'app/services/posts.ts',
  line: 3,
  column: 29,
  length: 20,
  from: layerNumbered(4),
  to: layerNumbered(8),
  specifier: '~/components/Price',
  target: 'app/components/Price.tsx',
  names: ['formatPrice'],
  typeOnly: false,
  text: '',
}

/** Message and fix of an upward import with some facts changed. */
const upward = (changed: Partial<Facts>) => errors.LAYER_UPWARD({ ...facts, ...changed })

describe('LAYER_UPWARD', () => {
  it('names both places and their layers', () => {
    expect(upward({}).message).toBe('app/services/posts.ts:3 (services, 4) imports ~/components/Price (components, 8)')
  })

  it('shows the way there when it is hidden', () => {
    expect(upward({ specifier: '../lib', chain: ['lib/a.ts', 'lib/b.ts'] }).message).toBe(
      'app/services/posts.ts:3 (services, 4) imports ../lib, which leads to lib/a.ts → lib/b.ts → app/components/Price.tsx (components, 8)',
    )
  })

  it.each([
    ['the server and above the wire: to contracts', 4, 8, 'Move formatPrice to contracts (1), where both may use it.'],
    [
      'api and above the wire: to contracts, for the browser has stubs alone',
      6,
      7,
      'Move formatPrice to contracts (1), where both may use it.',
    ],
    ['two of the server: to the lower', 2, 5, 'Move formatPrice to platform (2), where both may use it.'],
    ['two above the wire: to the lower', 7, 9, 'Move formatPrice to state (7), where both may use it.'],
    ['contracts and any', 1, 3, 'Move formatPrice to contracts (1), where both may use it.'],
  ])('moves what both use between %s', (_, from, to, fix) => {
    expect(upward({ from: layerNumbered(from), to: layerNumbered(to) }).fix).toBe(
      `A layer imports only from layers below it. ${fix}`,
    )
  })

  it.each([
    [['a', 'b'], 'Move a and b to'],
    [['a', 'b', 'c', 'd'], 'Move a, b, c and d to'],
    [['a', 'b', 'c', 'd', 'e'], 'Move a, b, c and 2 more to'],
    [[], 'Move what it needs of ~/components/Price to'],
  ])('names what is to be moved: %j', (names, fix) => {
    expect(upward({ names }).fix).toContain(fix)
  })

  it('does not ask to move a component below its layer, but what lies beside one', () => {
    expect(upward({ names: ['Price', 'Sum'] }).fix).toContain(
      'Use Price and Sum in components (8) or above, and hand down what this file needs.',
    )
    expect(upward({ names: ['Price'], typeOnly: true }).fix).toContain('Move Price to contracts (1)')
    expect(upward({ names: ['Price'], target: 'app/components/price.ts' }).fix).toContain('Move Price to contracts (1)')
    expect(upward({ names: ['Price'], from: layerNumbered(8), to: layerNumbered(9) }).fix).toContain(
      'to components (8)',
    )
  })

  it('does not ask to move what belongs to the framework', () => {
    expect(upward({ target: 'layer9/components', names: ['useState'] }).fix).toBe(
      'A layer imports only from layers below it. Use useState in components (8) or above, and hand down what this file needs.',
    )
    expect(upward({ target: 'layer9/routes', to: layerNumbered(9), names: ['redirect'] }).fix).toContain(
      'Use redirect in routes (9), and',
    )
    expect(upward({ target: 'layer9/testing', to: layerNumbered(10) }).fix).toContain(
      'Import it in files named *.test.ts alone.',
    )
  })
})

describe('the other rules', () => {
  it('tells an inline type by the word that mends it', () => {
    const inline = errors.LAYER_WIRE({ ...facts, names: ['A', 'B'], inlineType: true })
    expect(inline.fix).toContain('Write `import type { A, B }`')
    expect(errors.LAYER_WIRE(facts).fix).toContain('Call formatPrice in a query or action under app/api')
  })

  it('names the door of another layer, and refuses the own', () => {
    expect(errors.LAYER_DOOR({ ...facts, to: layerNumbered(2) }).fix).toContain(
      'Import formatPrice from a door of platform (2)',
    )
    expect(errors.LAYER_DOOR({ ...facts, to: layerNumbered(4) }).fix).toBe(
      'A door is for other layers. Import the file that holds it.',
    )
  })

  it('lists the nine where a folder is none of them', () => {
    const { message, fix } = errors.LAYER_UNKNOWN_FOLDER({ ...facts, file: 'app/lib' })
    expect(message).toBe('app/lib is none of the nine layers.')
    expect(fix).toContain('routes, components, state, api, middleware, services, data, platform, contracts')
  })
})
