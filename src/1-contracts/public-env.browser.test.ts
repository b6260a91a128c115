import { expect, it } from 'vitest'
import { publicEnv } from './public-env.ts'

it('publicEnv is what the document says, from the first time that it is asked', () => {
  const meta = document.createElement('meta')
  meta.name = 'layer9'
  meta.dataset['env'] = JSON.stringify({ PUBLIC_A: '<b>&"' })
  document.head.append(meta)
  expect(publicEnv('PUBLIC_A')).toBe('<b>&"')
  expect(publicEnv('PUBLIC_B')).toBeUndefined()
  meta.remove()
  expect(publicEnv('PUBLIC_A')).toBe('<b>&"')
})
