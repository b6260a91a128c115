import { useState } from 'layer9/components'
import './Demo.css'

export function CounterDemo() {
  const [count, setCount] = useState(0)
  return (
    <div class="demo">
      <output>Count: {count}</output>
      <button type="button" onClick={() => setCount(count + 1)}>
        +1
      </button>
    </div>
  )
}
