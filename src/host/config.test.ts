import { describe, expect, it } from 'vitest'
import { type Config, defineConfig, resolveConfig } from './config.ts'

/** What a wrong configuration is refused with. */
const refusal = (config: unknown): unknown => {
  try {
    // Wrong on purpose: an app in JavaScript has no types to hold it.
    return resolveConfig(config as Config)
  } catch (error) {
    return error
  }
}

describe('resolveConfig', () => {
  it('fills in every default', () => {
    expect(resolveConfig({})).toEqual({
      base: '/',
      host: undefined,
      port: 3000,
      origins: [],
      cors: undefined,
      trustProxy: false,
      viewTransitions: false,
      allowedHosts: [],
      navigation: true,
      webAssembly: false,
      workers: undefined,
      limits: {
        body: 1_048_576,
        requestsPerMinute: 600,
        requestTime: 30_000,
        keepAlive: 5_000,
        connections: 10_000,
        drain: 30_000,
      },
      budgets: {},
      vite: {},
    })
  })

  it('keeps what is given, and the defaults beside it', () => {
    const resolved = resolveConfig(defineConfig({ base: '/shop/', limits: { body: 10 } }))
    expect(resolved).toMatchObject({ base: '/shop/', limits: { body: 10, requestsPerMinute: 600 }, port: 3000 })
  })

  it('takes navigation with options, and without any', () => {
    expect(resolveConfig({ navigation: { viewTransitions: true } })).toMatchObject({
      navigation: true,
      viewTransitions: true,
    })
    expect(resolveConfig({ navigation: false })).toMatchObject({ navigation: false, viewTransitions: false })
    expect(refusal({ navigation: { transitions: true } })).toMatchObject({ code: 'CONFIG_UNKNOWN_OPTION' })
    expect(refusal({ navigation: { viewTransitions: 1 } })).toMatchObject({
      code: 'CONFIG_INVALID',
      data: { option: 'navigation.viewTransitions' },
    })
  })

  it('refuses an unknown option and names the one that was meant', () => {
    expect(refusal({ prot: 4000 })).toMatchObject({
      code: 'CONFIG_UNKNOWN_OPTION',
      data: { option: 'prot', near: 'port' },
      fix: 'Rename it to "port".',
    })
    expect(refusal({ limits: { boddy: 1 } })).toMatchObject({ data: { option: 'limits.boddy', near: 'limits.body' } })
  })

  it('refuses an option that is like none', () => {
    expect(refusal({ colour: 'red' })).toMatchObject({ code: 'CONFIG_UNKNOWN_OPTION', data: { option: 'colour' } })
  })

  it.each([
    ['base', 'shop'],
    ['base', '/shop'],
    ['base', '/../'],
    ['port', 70_000],
    ['port', 1.5],
    ['port', '3000'],
    ['host', ''],
    ['origins', ['https://example.com/path']],
    ['origins', 'https://example.com'],
    ['trustProxy', 'yes'],
    ['navigation', 1],
    ['navigation', []],
    ['webAssembly', 'yes'],
    ['allowedHosts', [1]],
    ['limits', 5],
    ['budgets', []],
    ['vite', []],
  ])('refuses %s: %j', (option, value) => {
    expect(refusal({ [option]: value })).toMatchObject({ code: 'CONFIG_INVALID', data: { option } })
  })

  it.each([
    [{}, 'cors.origins'],
    [{ origins: ['*'] }, 'cors.origins'],
    [{ origins: '*', credentials: true }, 'cors.origins'],
    [{ origins: ['null'] }, 'cors.origins'],
    [{ origins: ['https://example.com/'] }, 'cors.origins'],
    [{ origins: [], credentials: 'include' }, 'cors.credentials'],
    [{ origins: [], headers: ['*'] }, 'cors.headers'],
    [{ origins: [], headers: ['a\r\nb'] }, 'cors.headers'],
    [{ origins: [], maxAge: -1 }, 'cors.maxAge'],
  ])('refuses cors: %j', (cors, option) => {
    expect(refusal({ cors })).toMatchObject({ code: 'CONFIG_INVALID', data: { option } })
  })

  it('refuses what cors does not have', () => {
    expect(refusal({ cors: { origin: [] } })).toMatchObject({
      code: 'CONFIG_UNKNOWN_OPTION',
      data: { near: 'cors.origins' },
    })
  })

  it('refuses a limit that is no number', () => {
    expect(refusal({ limits: { requestsPerMinute: -1 } })).toMatchObject({
      code: 'CONFIG_INVALID',
      data: { option: 'limits.requestsPerMinute', value: '-1' },
    })
  })
})
