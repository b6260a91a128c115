import { describe, expect, it } from 'vitest'
import {
  describeLayer,
  isAboveWire,
  isForBrowsers,
  isServerLayer,
  isTest,
  layerNamed,
  layerNames,
  layerNumbered,
  layerOfAppPath,
  layerOfEntry,
  layerOfSourcePath,
} from './layers.ts'

describe('the nine layers', () => {
  it('are numbered from below', () => {
    expect(layerNames.map((name) => layerNamed(name)?.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(layerNames.map((_, index) => layerNumbered(index + 1).name)).toEqual([...layerNames])
    expect(layerNumbered(10)).toEqual({ name: 'host', number: 10 })
    expect(layerNamed('host')).toBeUndefined()
    expect(layerNamed('constructor')).toBeUndefined()
  })

  it('lie on either side of the wire', () => {
    const numbers = (holds: (layer: ReturnType<typeof layerNumbered>) => boolean) =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((number) => holds(layerNumbered(number)))
    expect(numbers(isServerLayer)).toEqual([2, 3, 4, 5])
    expect(numbers(isAboveWire)).toEqual([7, 8, 9])
    expect(numbers(isForBrowsers)).toEqual([1, 7, 8, 9])
  })

  it('are named in messages with their number, the host without', () => {
    expect([4, 10].map((number) => describeLayer(layerNumbered(number)))).toEqual(['services, 4', 'host'])
  })
})

describe('the layer of a path', () => {
  it.each([
    ['app/services/posts.ts', 'services'],
    ['app/routes/posts/[id].tsx', 'routes'],
    ['app/services', undefined],
    ['app/lib/a.ts', undefined],
    ['app/a.ts', undefined],
    ['lib/services/a.ts', undefined],
    ['', undefined],
  ])('of an app: %s', (path, name) => {
    expect(layerOfAppPath(path)?.name).toBe(name)
  })

  it.each([
    ['src/4-services/mail.ts', 'services'],
    ['dist/8-components/index.js', 'components'],
    ['src/host/cli/main.ts', 'host'],
    ['src/4-data/a.ts', undefined],
    ['src/services/a.ts', undefined],
    ['src/4-services', undefined],
    ['lib/4-services/a.ts', undefined],
  ])('of the framework: %s', (path, name) => {
    expect(layerOfSourcePath(path)?.name).toBe(name)
  })

  it.each([
    ['components', 'components'],
    ['components/server', 'components'],
    ['jsx-runtime', 'components'],
    ['jsx-dev-runtime', 'components'],
    ['config', 'host'],
    ['testing', 'host'],
    ['host', 'host'],
    ['package.json', undefined],
    ['tsconfig', undefined],
    ['', undefined],
  ])('of an entry: %s', (entry, name) => {
    expect(layerOfEntry(entry)?.name).toBe(name)
  })
})

describe('isTest', () => {
  it('holds for tests by their name alone', () => {
    expect(['a.test.ts', 'x/a.test.tsx', 'a.test-d.ts', 'a.browser.test.ts'].every((path) => isTest(path))).toBe(true)
    expect(['test.ts', 'a.tests.ts', 'test/a.ts', 'a.test/b.ts', 'a.fixture.ts'].some((path) => isTest(path))).toBe(
      false,
    )
    expect(isTest('a.fixture.ts', 'source')).toBe(true)
  })
})
