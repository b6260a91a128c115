import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { block, child, component, flush, mount, on, template } from '../browser.ts'
import {
  Await,
  type Child,
  createContext,
  createPortal,
  ErrorBoundary,
  memo,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from '../index.ts'

const p = template('<p><!></p>', [child(1)])
const button = template('<button><!></button>', [on(0, 'click'), child(1)])

let host: HTMLElement
const errors: unknown[] = []
function onError(event: ErrorEvent): void {
  event.preventDefault()
  errors.push(event.error)
}
beforeEach(() => {
  errors.length = 0
  host = document.createElement('div')
  document.body.replaceChildren(host)
  addEventListener('error', onError)
})
afterEach(() => removeEventListener('error', onError))

const show = (type: (props: never) => Child, props: object = {}) => mount(component(type, props), host)
const painted = () => new Promise((resolve) => setTimeout(resolve))

describe('useState', () => {
  it('renders once for several settings, with the latest value', async () => {
    let renders = 0
    const unmount = show(() => {
      renders++
      const [count, setCount] = useState(0)
      const add = () => {
        setCount((latest) => latest + 1)
        setCount((latest) => latest + 1)
        setCount((latest) => latest)
      }
      return block(button, [add, count])
    })
    host.querySelector('button')!.click()
    await Promise.resolve()
    expect([host.textContent, renders]).toEqual(['2', 2])
    unmount()
  })
  it('does nothing for the same value, also NaN', () => {
    let renders = 0
    let set: (value: number) => void = () => {}
    show(() => {
      renders++
      const [value, setValue] = useState(Number.NaN)
      set = setValue
      return value
    })
    set(Number.NaN)
    flush()
    expect(renders).toBe(1)
  })
  it('does nothing after unmount', () => {
    let set: (value: number) => void = () => {}
    let renders = 0
    const unmount = show(() => {
      renders++
      set = useState(0)[1]
      return null
    })
    unmount()
    set(1)
    flush()
    expect([renders, host.childNodes.length]).toEqual([1, 0])
  })
  it('renders parents before children, each once', () => {
    const log: string[] = []
    const sets: (() => void)[] = []
    const Inner = ({ of }: { of: number }) => {
      const [own, set] = useState(0)
      sets[1] = () => set((count) => count + 1)
      log.push(`inner ${of} ${own}`)
      return null
    }
    show(() => {
      const [count, set] = useState(0)
      sets[0] = () => set((latest) => latest + 1)
      log.push(`outer ${count}`)
      return component(Inner, { of: count })
    })
    sets[1]!()
    sets[0]!()
    flush()
    expect(log).toEqual(['outer 0', 'inner 0 0', 'outer 1', 'inner 1 1'])
  })
})

describe('useReducer', () => {
  it('changes by actions, with the reducer of the last render', () => {
    let send: (add: number) => void = () => {}
    let scale = 1
    show(() => {
      const [sum, dispatch] = useReducer(
        (state: number, add: number) => state + add * scale,
        '5',
        (text) => Number(text),
      )
      send = dispatch
      return sum
    })
    scale = 10
    send(1)
    flush()
    expect(host.textContent).toBe('15')
  })
})

describe('useMemo, useCallback and useRef', () => {
  it('keep what they made until a dependency changes', () => {
    const made: unknown[] = []
    let set: (value: number) => void = () => {}
    show(() => {
      const [value, setValue] = useState(0)
      set = setValue
      const half = Math.floor(value / 2)
      made.push([useMemo(() => ({ half }), [half]), useCallback(() => half, [half]), useRef(value)])
      return null
    })
    set(1)
    flush()
    set(2)
    flush()
    const [first, second, third] = made as [unknown[], unknown[], unknown[]]
    expect(first.map((value, index) => value === second[index])).toEqual([true, true, true])
    expect(first.map((value, index) => value === third[index])).toEqual([false, false, true])
  })
})

describe('useId', () => {
  it('is stable, and unique between components and mounts', () => {
    const ids: string[] = []
    const Id = () => {
      const [, set] = useState(0)
      useLayoutEffect(() => set(1), [])
      ids.push(useId())
      return null
    }
    mount([component(Id, {}), component(Id, {})], host)
    mount(component(Id, {}), host)
    expect(ids).toHaveLength(6)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('effects', () => {
  it('run after the commit, children first; cleanups before runs', async () => {
    const log: string[] = []
    let set: (value: number) => void = () => {}
    const Part = ({ name, value }: { name: string; value: number }) => {
      useLayoutEffect(() => {
        log.push(`layout ${name} ${value} ${host.textContent}`)
        return () => void log.push(`end layout ${name} ${value}`)
      }, [value])
      useEffect(() => {
        log.push(`effect ${name} ${value}`)
        return () => void log.push(`end effect ${name} ${value}`)
      }, [value])
      return name === 'outer' ? component(Part, { name: 'inner', value }) : value
    }
    const unmount = show(() => {
      const [value, setValue] = useState(1)
      set = setValue
      return component(Part, { name: 'outer', value })
    })
    expect(log.splice(0)).toEqual(['layout inner 1 1', 'layout outer 1 1'])
    await painted()
    expect(log.splice(0)).toEqual(['effect inner 1', 'effect outer 1'])
    set(2)
    flush()
    await painted()
    expect(log.splice(0)).toEqual([
      'end layout inner 1',
      'end layout outer 1',
      'layout inner 2 2',
      'layout outer 2 2',
      'end effect inner 1',
      'end effect outer 1',
      'effect inner 2',
      'effect outer 2',
    ])
    unmount()
    expect(log.sort()).toEqual(['end effect inner 2', 'end effect outer 2', 'end layout inner 2', 'end layout outer 2'])
  })
  it('do not run when their component is gone before the paint', async () => {
    const run = vi.fn()
    const unmount = show(() => {
      useEffect(run, [])
      return null
    })
    unmount()
    await painted()
    expect(run).not.toHaveBeenCalled()
  })
  it('run before the next render', () => {
    const log: string[] = []
    let set: (value: number) => void = () => {}
    show(() => {
      const [value, setValue] = useState(0)
      set = setValue
      log.push(`render ${value}`)
      useEffect(() => void log.push(`effect ${value}`))
      return null
    })
    set(1)
    flush()
    expect(log).toEqual(['render 0', 'effect 0', 'render 1'])
  })
  it('set state before anybody sees, when layout', () => {
    show(() => {
      const [ready, set] = useState(false)
      useLayoutEffect(() => set(true), [])
      return ready ? 'ready' : 'not yet'
    })
    expect(host.textContent).toBe('ready')
  })
  it('that never settle are stopped', () => {
    show(() => {
      const [count, set] = useState(0)
      useLayoutEffect(() => set(count + 1))
      return null
    })
    expect(errors).toEqual([expect.objectContaining({ code: 'UPDATE_LOOP' })])
  })
})

describe('a loop in a render', () => {
  it('is stopped', () => {
    const Restless = () => {
      const [count, set] = useState(0)
      set(count + 1)
      return null
    }
    expect(() => show(Restless)).toThrow(expect.objectContaining({ code: 'RENDER_LOOP' }))
  })
})

describe('hooks in a condition', () => {
  it('are told of when there are more or fewer than before', async () => {
    let set = (_: number): void => {}
    const Fickle = () => {
      const [count, setCount] = useState(0)
      set = setCount
      if (count !== 0) useRef(count)
      return String(count)
    }
    show(Fickle)
    expect(host.textContent).toBe('0')
    set(1)
    await painted()
    expect(errors).toEqual([
      expect.objectContaining({ code: 'HOOKS_DIFFER', data: { component: 'Fickle', before: 1, now: 2 } }),
    ])
  })
})

describe('context', () => {
  const Theme = createContext('light')
  const Show = memo(() => useContext(Theme))
  it('reaches readers through components that do not render', () => {
    let set: (value: string) => void = () => {}
    let renders = 0
    const Middle = memo(() => {
      renders++
      return component(Show, {})
    })
    show(() => {
      const [theme, setTheme] = useState('dark')
      set = setTheme
      return [component(Show, {}), ' ', component(Theme, { value: theme, children: component(Middle, {}) })]
    })
    expect(host.textContent).toBe('light dark')
    set('blue')
    flush()
    expect([host.textContent, renders]).toEqual(['light blue', 1])
  })
  it('forgets readers that are gone', () => {
    let set: (value: [string, boolean]) => void = () => {}
    let renders = 0
    const Reader = () => {
      renders++
      return useContext(Theme)
    }
    show(() => {
      const [[value, shown], setBoth] = useState<[string, boolean]>(['a', true])
      set = setBoth
      return component(Theme.Provider, { value, children: shown && component(Reader, {}) })
    })
    set(['a', false])
    flush()
    set(['b', false])
    flush()
    expect([renders, host.textContent]).toEqual([1, ''])
  })
})

describe('memo', () => {
  it('renders only when a prop differs, or when told otherwise', () => {
    const log: string[] = []
    let set: (value: number) => void = () => {}
    const Plain = memo(({ a }: { a: number }) => {
      log.push(`plain ${a}`)
      return a
    })
    const Even = memo(
      ({ a }: { a: number }) => {
        log.push(`even ${a}`)
        return a
      },
      (before, now) => now.a % 2 === 1 && before.a !== now.a,
    )
    show(() => {
      const [value, setValue] = useState(0)
      set = setValue
      return [component(Plain, { a: Math.min(value, 1) }), component(Even, { a: value })]
    })
    for (const value of [1, 2, 3]) {
      set(value)
      flush()
    }
    expect(log).toEqual(['plain 0', 'even 0', 'plain 1', 'even 2'])
  })
  it('is not needed where the same element is placed again', () => {
    let renders = 0
    let set: (value: number) => void = () => {}
    const Child = () => {
      renders++
      return null
    }
    const Frame = ({ children }: { children: Child }) => {
      const [count, setCount] = useState(0)
      set = setCount
      return block(p, [[count, children]])
    }
    show(Frame, { children: component(Child, {}) })
    set(1)
    flush()
    expect([renders, host.textContent]).toEqual([1, '1'])
  })
})

describe('ErrorBoundary', () => {
  let fails = true
  const Bad = ({ when = true }: { when?: boolean }) => {
    if (fails && when) throw new Error('bad')
    return 'fine'
  }
  const guarded = (children: Child, extra: object = {}) =>
    component(ErrorBoundary, {
      fallback: ({ error, reset }: { error: unknown; reset: () => void }) =>
        block(button, [reset, `sorry: ${(error as Error).message}`]),
      children,
      ...extra,
    })
  beforeEach(() => {
    fails = true
  })
  it('shows the fallback for a first render, and tries again', async () => {
    const onCaught = vi.fn()
    mount(guarded(block(p, [component(Bad, {})]), { onCaught }), host)
    expect(host.innerHTML).toBe('<button>sorry: bad</button>')
    expect(onCaught).toHaveBeenCalledTimes(1)
    fails = false
    host.querySelector('button')!.click()
    await Promise.resolve()
    expect(host.innerHTML).toBe('<p>fine</p>')
  })
  it('tells the console in development, unless the app reports by itself', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    mount(guarded(component(Bad, {})), host)
    expect(told.mock.calls).toEqual([[expect.objectContaining({ message: 'bad' })]])
    mount(guarded(component(Bad, {}), { onCaught: () => {} }), host)
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
  })
  it('takes errors of later renders, effects and cleanups', async () => {
    const Late = ({ how }: { how: string }) => {
      const [now, set] = useState('')
      useEffect(() => {
        if (how === 'effect') throw new Error(how)
        if (how === 'render') set(how)
        return () => {}
      }, [])
      useLayoutEffect(() => {
        if (how === 'layout') throw new Error(how)
      }, [])
      if (now) throw new Error(now)
      return 'fine'
    }
    for (const how of ['effect', 'render', 'layout']) {
      const unmount = mount(guarded(component(Late, { how })), host)
      await painted()
      expect(host.textContent).toBe(`sorry: ${how}`)
      unmount()
    }
    expect(errors).toEqual([])
  })
  it('ends what was inside', async () => {
    const ended = vi.fn()
    const Good = () => {
      useEffect(() => ended, [])
      return null
    }
    let set: (fail: boolean) => void = () => {}
    const Later = () => {
      const [fail, setFail] = useState(false)
      set = setFail
      return [component(Good, {}), component(Bad, { when: fail })]
    }
    mount(guarded(component(Later, {})), host)
    await painted()
    set(true)
    flush()
    expect(host.textContent).toBe('sorry: bad')
    expect(ended).toHaveBeenCalledTimes(1)
  })
  it('hands an error of its fallback to the one around', () => {
    mount(guarded(component(ErrorBoundary, { fallback: component(Bad, {}), children: component(Bad, {}) })), host)
    expect(host.textContent).toBe('sorry: bad')
  })
  it('leaves errors of handlers to the window', async () => {
    const Handler = () =>
      block(button, [
        () => {
          throw new Error('handler')
        },
        'x',
      ])
    mount(guarded(component(Handler, {})), host)
    host.querySelector('button')!.click()
    expect(errors).toEqual([expect.objectContaining({ message: 'handler' })])
    expect(host.textContent).toBe('x')
  })
})

describe('component', () => {
  it('refuses what is no component', () => {
    const make = () => component(undefined as never, {})
    expect(make).toThrow(expect.objectContaining({ code: 'COMPONENT_INVALID', data: { kind: 'undefined' } }))
  })
})

describe('mount', () => {
  it('throws what no boundary takes, and leaves nothing', async () => {
    const ended = vi.fn()
    const Good = () => {
      useEffect(() => ended, [])
      return 'good'
    }
    const Bad = () => {
      throw new Error('bad')
    }
    expect(() => mount([component(Good, {}), component(Bad, {})], host)).toThrow('bad')
    await painted()
    expect([host.childNodes.length, ended.mock.calls.length]).toEqual([0, 0])
  })
  it('takes the tree away when it fails later', async () => {
    let set: (fail: boolean) => void = () => {}
    show(() => {
      const [fail, setFail] = useState(false)
      set = setFail
      if (fail) throw new Error('later')
      return 'shown'
    })
    set(true)
    await painted()
    expect(host.childNodes.length).toBe(0)
    expect(errors).toEqual([expect.objectContaining({ message: 'later' })])
  })
})

describe('Await', () => {
  const Wait = Await as (props: { value: unknown; fallback: Child; children: (value: string) => Child }) => Child
  const wait = (value: unknown) =>
    component(Wait, { value, fallback: 'wait', children: (text: string) => block(p, [text]) })
  it('shows the fallback, then the value; another promise starts over', async () => {
    let set: (value: unknown) => void = () => {}
    let late: (text: string) => void = () => {}
    const first = new Promise<string>((resolve) => {
      late = resolve
    })
    show(() => {
      const [value, setValue] = useState<unknown>(first)
      set = setValue
      return wait(value)
    })
    expect(host.textContent).toBe('wait')
    set(Promise.resolve('second'))
    await painted()
    expect(host.innerHTML).toBe('<p>second</p>')
    late('first')
    await painted()
    expect(host.innerHTML).toBe('<p>second</p>')
  })
  it('gives a failure to its boundary', async () => {
    const fallback = ({ error }: { error: unknown }) => (error as Error).message
    mount(component(ErrorBoundary, { fallback, children: wait(Promise.reject(new Error('no'))) }), host)
    await painted()
    expect(host.textContent).toBe('no')
  })
})

describe('createPortal', () => {
  it('shows its children elsewhere, with contexts of its place, and takes them away', () => {
    const Theme = createContext('light')
    const Show = () => useContext(Theme)
    const elsewhere = document.createElement('aside')
    let set: (value: number) => void = () => {}
    const unmount = show(() => {
      const [count, setCount] = useState(0)
      set = setCount
      const content = [component(Show, {}), count]
      return block(p, [component(Theme, { value: 'dark', children: count < 2 && createPortal(content, elsewhere) })])
    })
    expect([host.innerHTML, elsewhere.textContent]).toEqual(['<p></p>', 'dark0'])
    set(1)
    flush()
    expect(elsewhere.textContent).toBe('dark1')
    set(2)
    flush()
    expect(elsewhere.childNodes.length).toBe(0)
    set(1)
    flush()
    unmount()
    expect(elsewhere.childNodes.length).toBe(0)
  })
})

describe('unmount', () => {
  it('leaves no effect, timer or listener of a deep tree', async () => {
    const open = new Set<string>()
    const Deep = ({ depth, name }: { depth: number; name: string }): Child => {
      const held: RefObject<number> = useRef(depth)
      useEffect(() => {
        open.add(name)
        return () => void open.delete(name)
      }, [name])
      if (held.current === 0) return name
      return block(p, [
        [
          component(Deep, { depth: depth - 1, name: `${name}a` }),
          component(Deep, { depth: depth - 1, name: `${name}b` }, 'k'),
        ],
      ])
    }
    const unmount = show(Deep, { depth: 4, name: 'r' })
    await painted()
    expect(open.size).toBe(31)
    unmount()
    expect(open.size).toBe(0)
    unmount()
  })
})
