import { describe, expect, it } from 'vitest'
import { findLiveElement } from './live-element.ts'

/** The element of a component `List` with this body, by its tag. */
const find = (body: string, head = ''): string | undefined =>
  findLiveElement(`${head}export function List({ posts }) {\n${body}\n}`, 'app/components/List.tsx', 'List')?.tag

describe('findLiveElement', () => {
  it('finds the one element with a handler', () => {
    expect(
      findLiveElement(
        'function List({ posts }) {\n  return <ul><li>{posts}</li>\n    <button onClick={() => alert(1)}>Say</button></ul>\n}',
        'app/components/List.tsx',
        'List',
      ),
    ).toEqual({ tag: 'button', line: 3, column: 5 })
  })

  it.each([
    [
      'state in a text',
      'const [n, set] = useState(0)\nreturn <main><p>{posts}</p><output>{n}</output></main>',
      'output',
    ],
    [
      'what state is made into',
      'const [n] = useState(0)\nconst twice = n * 2\nconst label = String(twice)\nreturn <main><h1>{posts}</h1><b title={label}>x</b></main>',
      'b',
    ],
    [
      'two places: what holds both',
      'const [n, set] = useState(0)\nconst add = () => set(n + 1)\nreturn <main><p>{posts}</p><div><button onClick={add}>+</button><b>{n}</b></div></main>',
      'div',
    ],
    [
      'an element of each row',
      'return <ul>{posts.map((post) => <li><a onClick={() => go(post)}>{post}</a></li>)}</ul>',
      'a',
    ],
    ['a component', 'const [n] = useState(0)\nreturn <main><Row count={n} /><p>{posts}</p></main>', 'Row'],
    [
      'a ref, with an effect',
      'const box = useRef(null)\nuseEffect(() => box.current.focus())\nreturn <main>{posts}<input ref={box} /></main>',
      'input',
    ],
    [
      'all of it',
      'const [open] = useState(false)\nreturn <main class={open ? "a" : "b"}><p>{posts}</p></main>',
      undefined,
    ],
    [
      'a condition before',
      'const [open] = useState(false)\nif (open) return null\nreturn <main><button onClick={f}>x</button></main>',
      undefined,
    ],
    ['a hook that shows nothing', 'useEffect(() => {})\nreturn <main><p>{posts}</p></main>', undefined],
    ['a fragment around', 'const [n] = useState(0)\nreturn <><p>{posts}</p><b>{n}</b></>', 'b'],
    ['two places in a fragment', 'const [n] = useState(0)\nreturn <><p>{n}</p><b>{n}</b></>', undefined],
  ])('%s', (_, body, tag) => {
    expect(find(body)).toBe(tag)
  })

  it('knows values of layer 7', () => {
    const head = "import { tally } from '~/state/tally'\n"
    expect(find('return <main><p>{posts}</p><b>{tally}</b></main>', head)).toBe('b')
  })

  it('finds nothing for a plain component, or one that is not there', () => {
    expect(find('return <main>{posts}</main>')).toBeUndefined()
    expect(findLiveElement('export const a = 1', 'a.tsx', 'List')).toBeUndefined()
  })
})
