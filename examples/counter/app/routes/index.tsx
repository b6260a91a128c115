import { useState } from 'layer9/components'

export const head = {
  title: 'Counter',
  meta: [{ name: 'color-scheme', content: 'light dark' }],
  links: [{ rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }],
}

export default function Counter() {
  const [count, setCount] = useState(0)
  return (
    <main>
      <h1>Count: {count}</h1>
      <button type="button" onClick={() => setCount(count + 1)}>
        +1
      </button>
    </main>
  )
}
