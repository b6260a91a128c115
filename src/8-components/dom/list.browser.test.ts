import { describe, expect, it, vi } from 'vitest'
import { eachCase } from '../../../tests/harness/random.ts'
import { block, child, component, flush, fragment, keyed, mount, template } from '../browser.ts'
import { type Child, useEffect, useState } from '../index.ts'
import { longestIncreasing } from './list.ts'

// As the compiler writes it around each key.
keyed(undefined)

const row = template('<li><!></li>', [child(1)])
const list = template('<ul><!></ul>', [child(1)])
const between = template('<div>a<!>b</div>', [child(2)])

/** Mounts what `show` returns; `update` renders it again. */
function stage(show: () => Child): { host: HTMLElement; update: () => void; unmount: () => void } {
  let again = () => {}
  const Stage = () => {
    const [, set] = useState(0)
    again = () => set((count) => count + 1)
    return show()
  }
  const host = document.createElement('div')
  const unmount = mount(component(Stage, {}), host)
  return {
    host,
    unmount,
    update() {
      again()
      flush()
    },
  }
}

function shuffled(keys: readonly number[], next: (limit: number) => number): number[] {
  const left = [...keys]
  const taken: number[] = []
  while (left.length > 0) taken.push(left.splice(next(left.length), 1)[0]!)
  return taken
}

/** Another list of distinct keys: some kept, some new, in any order. */
function another(keys: readonly number[], next: (limit: number) => number): number[] {
  const kept = keys.filter(() => next(4) > 0)
  const fresh = Array.from({ length: next(5) }, () => 1000 + next(100_000))
  const all = [...new Set([...kept, ...fresh])]
  return next(3) === 0 ? all : shuffled(all, next)
}

/** The items of a list in four forms: a block, text in an array, a fragment, a component that shows two elements. */
const forms: Record<string, (key: number) => Child> = {
  blocks: (key) => block(row, [key], key),
  fragments: (key) => fragment([block(row, [key]), ` ${key} `, null], key),
  components: (key) => component(Pair, { key }, key),
  'nested lists': (key) => fragment([[key, [block(row, [key], 'x'), null], []]], key),
}

function Pair({ key }: { key: number }): Child {
  return [block(row, [key]), block(row, [-1 - key])]
}

describe('a keyed list', () => {
  it.each(Object.keys(forms))(
    'shows the same as a fresh one and keeps nodes by key, in random cases: %s',
    async (form) => {
      const show = forms[form]!
      await eachCase(({ below: next }) => {
        let keys = Array.from({ length: next(12) }, (_, index) => index)
        const shape = next(2) === 0 ? list : between
        const { host, update, unmount } = stage(() => block(shape, [keys.map(show)]))
        for (let step = 0; step < 4; step++) {
          const before = new Map([...host.querySelectorAll('li')].map((node) => [node.textContent, node]))
          keys = another(keys, next)
          update()
          const fresh = stage(() => block(shape, [keys.map(show)]))
          expect(host.innerHTML, `step ${step}`).toBe(fresh.host.innerHTML)
          for (const node of host.querySelectorAll('li')) {
            const same = before.get(node.textContent)
            if (same) expect(node, `step ${step}: kept`).toBe(same)
          }
          fresh.unmount()
        }
        unmount()
        expect(host.childNodes.length, 'empty after unmount').toBe(0)
      })
    },
  )

  it('keeps the state of components that move', () => {
    let keys = ['a', 'b', 'c']
    let made = 0
    const Numbered = () => useState(() => made++)[0]
    const { host, update } = stage(() => keys.map((key) => fragment([key, component(Numbered, {})], key)))
    expect(host.textContent).toBe('a0b1c2')
    keys = ['c', 'x', 'a']
    update()
    expect(host.textContent).toBe('c2x3a0')
  })

  it('moves the fewest nodes', async () => {
    let keys = [1, 2, 3, 4, 5, 6]
    const { host, update } = stage(() => block(list, [keys.map((key) => block(row, [key], key))]))
    const moved: Node[] = []
    const observer = new MutationObserver((records) =>
      moved.push(...records.flatMap((record) => [...record.addedNodes])),
    )
    observer.observe(host, { childList: true, subtree: true })
    keys = [1, 5, 3, 4, 2, 6]
    update()
    await Promise.resolve()
    expect(moved.map((node) => node.textContent).sort()).toEqual(['2', '5'])
    observer.disconnect()
  })

  it('tells numbers from texts and both from positions', () => {
    let items: Child[] = [block(row, ['number'], 1), block(row, ['text'], '1'), block(row, ['third'])]
    const { host, update } = stage(() => block(list, [items]))
    const [first, second, third] = host.querySelectorAll('li')
    items = [block(row, ['text'], '1'), block(row, ['number'], 1), block(row, ['third'])]
    update()
    expect([...host.querySelectorAll('li')]).toEqual([second, first, third])
  })

  it('keeps items without keys by position', () => {
    let shown = true
    const { host, update } = stage(() => [shown && 'maybe', block(row, ['always'])])
    const always = host.querySelector('li')
    shown = false
    update()
    expect(host.querySelector('li')).toBe(always)
    expect(host.textContent).toBe('always')
  })

  it('reports a key that two items have, and shows both', () => {
    const report = vi.fn((event: ErrorEvent) => event.preventDefault())
    addEventListener('error', report)
    let keys = [1, 2, 3]
    const { host, update } = stage(() => block(list, [keys.map((key) => block(row, [key], key))]))
    keys = [5, 2, 2, 7]
    update()
    removeEventListener('error', report)
    expect(host.textContent).toBe('5227')
    expect(report.mock.calls[0]?.[0].error).toMatchObject({ code: 'LIST_KEY_TWICE', data: { key: 2 } })
  })

  it('ends the components of items that are cleared, replaced and removed', () => {
    const ended: number[] = []
    const Item = ({ id }: { id: number }) => {
      useEffect(() => () => void ended.push(id), [])
      return block(row, [id])
    }
    let keys = [1, 2, 3]
    const { host, update } = stage(() => block(list, [keys.map((key) => component(Item, { id: key }, key))]))
    update()
    flush()
    keys = [2]
    update()
    expect(ended.sort()).toEqual([1, 3])
    keys = []
    update()
    expect(ended.sort()).toEqual([1, 2, 3])
    expect(host.innerHTML).toBe('<ul></ul>')
    keys = [4, 5]
    update()
    keys = [6]
    update()
    expect(host.innerHTML).toBe('<ul><li>6</li></ul>')
    expect(ended.sort()).toEqual([1, 2, 3, 4, 5])
  })
})

describe('a child', () => {
  it('may change to anything else', () => {
    const kinds: Child[] = [
      'text',
      0,
      null,
      [],
      ['a', 'b'],
      block(row, ['x']),
      component(Pair, { key: 3 }),
      [[], [null]],
    ]
    let now: Child = null
    for (const shape of [list, between]) {
      const { host, update } = stage(() => block(shape, [now]))
      for (const from of kinds) {
        for (const to of kinds) {
          now = from
          update()
          now = to
          update()
          const fresh = stage(() => block(shape, [to]))
          expect(host.innerHTML).toBe(fresh.host.innerHTML)
        }
      }
    }
  })

  it('may change to anything else where a component has no element around', () => {
    const kinds: Child[] = [
      'text',
      null,
      [],
      ['a', 'b'],
      block(row, ['x']),
      component(Pair, { key: 3 }),
      fragment(['y'], 1),
    ]
    let now: Child = null
    const { host, update } = stage(() => ['<', component(() => now, {}), '>'])
    for (const from of kinds) {
      for (const to of kinds) {
        now = from
        update()
        now = to
        update()
        expect(host.textContent).toBe(`<${stage(() => to).host.textContent}>`)
      }
    }
  })

  it('may be the same element in two places, and come back later', () => {
    const once = block(row, ['same'])
    let shown: Child = [once, once]
    const { host, update } = stage(() => shown)
    expect(host.innerHTML).toBe('<li>same</li><li>same</li>')
    shown = [block(row, ['other']), once]
    update()
    shown = [once, null]
    update()
    expect(host.innerHTML).toBe('<li>same</li>')
  })
})

describe('longestIncreasing', () => {
  it('is as long as that of a naive search, and increasing', async () => {
    await eachCase(({ below: next }) => {
      const from = Int32Array.from(shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9], next), (value) => (next(4) === 0 ? 0 : value))
      const run = longestIncreasing(from).map((index) => from[index]!)
      expect([...run].sort((a, b) => a - b)).toEqual(run)
      const longest: number[] = []
      from.forEach((value, index) => {
        const before = [...from.slice(0, index)].map((other, at) => (other > 0 && other < value ? longest[at]! : 0))
        longest[index] = value === 0 ? 0 : 1 + Math.max(0, ...before)
      })
      expect(run.length).toBe(Math.max(...longest))
    })
  })
})
