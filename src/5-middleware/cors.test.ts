import { describe, expect, it } from 'vitest'
import { fromRequest, json, type Reply } from '../2-platform/index.ts'
import { type CorsOptions, createCors } from './cors.ts'
import { createDefence } from './defence.ts'

const admin = 'https://admin.example'
const evil = 'https://evil.example'

const ask = (method: string, headers: Record<string, string> = {}) =>
  fromRequest(new Request('https://app.example/api/posts', { method, headers }))
const preflight = (origin: string, method: string, headers: Record<string, string> = {}) =>
  ask('OPTIONS', { origin, 'access-control-request-method': method, ...headers })
const cors = (options: Partial<CorsOptions> = {}, senders: string[] = []) =>
  createCors({ origins: [admin], ...options }, senders)

describe('a preflight', () => {
  it('of an origin that is let in is granted what it may do', () => {
    expect(cors().grant(preflight(admin, 'GET'), ['GET', 'HEAD', 'POST'])).toEqual({
      status: 204,
      headers: {
        'access-control-allow-origin': admin,
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
        vary: 'origin',
      },
      body: null,
    })
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('for %s is granted only to an origin that may change state', (method) => {
    const methods = ['GET', 'HEAD', method]
    expect(cors().grant(preflight(admin, method), methods)).toBeUndefined()
    expect(cors({}, [admin]).grant(preflight(admin, method), methods)?.headers).toMatchObject({
      'access-control-allow-methods': `GET, HEAD, ${method}`,
    })
  })

  it.each([
    evil,
    'null',
    'http://admin.example',
    'https://admin.example:8443',
    'https://admin.example.evil.example',
    'https://ADMIN.example',
    `${admin}, ${evil}`,
    '*',
  ])('of %s is granted nothing, and being let to send opens nothing to read', (origin) => {
    expect(cors({}, [origin]).grant(preflight(origin, 'GET'), ['GET'])).toBeUndefined()
  })

  it('of null is granted nothing, even if somebody configured it', () => {
    expect(cors({ origins: ['null'] }).grant(preflight('null', 'GET'), ['GET'])).toBeUndefined()
  })

  it('for a method that the path has not is granted nothing', () => {
    expect(cors({}, [admin]).grant(preflight(admin, 'DELETE'), ['GET', 'HEAD'])).toBeUndefined()
    expect(cors({}, [admin]).grant(preflight(admin, 'get'), ['GET', 'HEAD'])).toBeUndefined()
  })

  it('is an OPTIONS that names a method', () => {
    expect(cors().grant(ask('OPTIONS', { origin: admin }), ['GET'])).toBeUndefined()
    expect(cors().grant(ask('GET', { origin: admin, 'access-control-request-method': 'GET' }), ['GET'])).toBeUndefined()
  })

  it('is told the headers, the credentials and the time that are configured', () => {
    const configured = cors({ headers: ['Authorization', 'content-type'], credentials: true, maxAge: 5 })
    expect(configured.grant(preflight(admin, 'GET'), ['GET'])?.headers).toMatchObject({
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '5',
    })
  })
})

describe('an answer', () => {
  const dress = (headers: Record<string, string>, reply: Reply, options?: Partial<CorsOptions>) =>
    cors(options).dress(ask('GET', headers), reply).headers

  it('can be read by an origin that is let in', () => {
    const headers = dress({ origin: admin }, json({}))
    expect(headers).toMatchObject({ 'access-control-allow-origin': admin, vary: 'origin' })
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
    expect(dress({ origin: admin }, json({}), { credentials: true })).toMatchObject({
      'access-control-allow-origin': admin,
      'access-control-allow-credentials': 'true',
    })
  })

  it.each<Record<string, string>>([{ origin: evil }, { origin: 'null' }, {}])(
    'varies by origin for %j, and lets nobody in',
    (given) => {
      const headers = dress(given, json({}), { credentials: true })
      expect(headers['vary']).toBe('origin')
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    },
  )

  it.each([
    ['accept-encoding', 'accept-encoding, origin'],
    [['accept-encoding', 'cookie'], 'accept-encoding, cookie, origin'],
    ['Origin', 'Origin'],
    ['*', '*'],
    ['x-origin', 'x-origin, origin'],
  ])('that varies by %j too says both', (vary, both) => {
    expect(dress({ origin: admin }, { status: 200, headers: { vary }, body: null })['vary']).toBe(both)
  })

  it('to a preflight that was not granted permits nothing', () => {
    const headers = cors().dress(preflight(admin, 'POST'), { status: 204, headers: {}, body: null }).headers
    expect(headers).toEqual({ vary: 'origin' })
  })

  it('that says itself who may read it is left alone', () => {
    const reply: Reply = { status: 200, headers: { 'access-control-allow-origin': '*' }, body: null }
    expect(cors({ credentials: true }).dress(ask('GET', { origin: admin }), reply)).toBe(reply)
  })
})

describe('createDefence', () => {
  const methods = ['GET', 'HEAD', 'POST']

  it('lets nobody in by default', () => {
    const defence = createDefence()
    const incoming = preflight(evil, 'GET')
    expect(defence.admit(incoming, methods)).toBe(incoming)
    expect(defence.dress(incoming, json({}), methods).headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('lets in on paths of the api alone', () => {
    const defence = createDefence({ cors: { origins: [admin] } })
    const incoming = preflight(admin, 'GET')
    expect(defence.admit(incoming, methods)).toMatchObject({ status: 204 })
    expect(defence.admit(incoming)).toBe(incoming)
    expect(defence.dress(incoming, json({})).headers).not.toHaveProperty('access-control-allow-origin')
    expect(defence.dress(incoming, json({})).headers).not.toHaveProperty('vary')
  })

  it('refuses to change state for an origin that may only read, and says so where it can be read', () => {
    const defence = createDefence({ cors: { origins: [admin] } })
    const incoming = ask('POST', { origin: admin, 'sec-fetch-site': 'cross-site' })
    const refused = defence.admit(incoming, methods)
    expect(refused).toMatchObject({ status: 403 })
    expect(defence.dress(incoming, refused as Reply, methods).headers).toMatchObject({
      'access-control-allow-origin': admin,
    })
    expect(createDefence({ origins: [admin], cors: { origins: [admin] } }).admit(incoming, methods)).toBe(incoming)
  })
})
