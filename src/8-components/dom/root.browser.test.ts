import { beforeEach, describe, expect, it } from 'vitest'
import { adopt, block, child, component, mount, on, template } from '../browser.ts'
import { useState } from '../index.ts'
import * as server from '../server.ts'

const shape = template('<main><h1>Count: <!></h1><button>+1</button></main>', [child(3), on(4, 'click')])
function Counter({ start }: { start: number }) {
  const [count, setCount] = useState(start)
  return block(shape, [count, () => setCount(count + 1)])
}
function ServerCounter({ start }: { start: number }) {
  const [count, setCount] = useState(start)
  return server.block(
    (count, add) => `<main><h1>Count: ${server.child(count)}</h1><button${server.on('click', add)}>+1</button></main>`,
    [count, () => setCount(count + 1)],
  )
}
server.live(ServerCounter)
server.name(ServerCounter, 'app/routes/index.tsx', 'default')

beforeEach(() => document.body.replaceChildren())

describe('a counter', () => {
  it('counts where it is mounted', async () => {
    const unmount = mount(component(Counter, { start: 2 }), document.body)
    expect(document.body.innerHTML).toBe('<main><h1>Count: 2</h1><button>+1</button></main>')
    document.querySelector('button')!.click()
    await Promise.resolve()
    expect(document.querySelector('h1')!.textContent).toBe('Count: 3')
    unmount()
    expect(document.body.childNodes.length).toBe(0)
  })

  it('is adopted from the server without a new node', async () => {
    const renderer = server.createRenderer({ dev: true })
    document.body.innerHTML = renderer.render(server.component(ServerCounter, { start: 5 }))
    expect(document.body.innerHTML).toBe(
      '<!--[0--><main><h1>Count: 5</h1><button l9:click="">+1</button></main><!--]0-->',
    )
    expect(renderer.roots).toEqual([
      { module: 'app/routes/index.tsx', name: 'default', props: { start: 5 }, key: undefined, contexts: new Map() },
    ])
    const heading = document.querySelector('h1')!
    const handle = adopt(Counter, { start: 5 }, document.body.firstChild as Comment, document.body.lastChild as Comment)
    document.querySelector('button')!.click()
    await Promise.resolve()
    expect(document.querySelector('h1')).toBe(heading)
    expect(heading.textContent).toBe('Count: 6')
    handle.stop()
  })
})
