import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Incoming, json, text } from '../../2-platform/index.ts'
import { send, serve } from './testing/raw.fixture.ts'

const length = async (incoming: Incoming) => json((await incoming.body()).byteLength)
const head = (headers: string) => `POST / HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n`

describe('bodies', () => {
  it('are read whole, however they come', async () => {
    const { port } = await serve({ handler: length })
    const [plain] = await send(port, `${head('content-length: 5')}he`, { later: ['l', 'lo'] })
    expect(plain?.body).toBe('5')
    const [chunked] = await send(port, `${head('transfer-encoding: chunked')}3\r\nabc\r\n`, {
      later: ['2\r\nde\r\n', '0\r\n\r\n'],
    })
    expect(chunked?.body).toBe('5')
    const [none] = await send(port, head('content-length: 0'))
    expect(none?.body).toBe('0')
  })

  it('are read once for all who ask, as bytes and as Request', async () => {
    const { port } = await serve({
      handler: async (incoming) =>
        json([(await incoming.body()).byteLength, await incoming.request.text(), (await incoming.body()).byteLength]),
    })
    const [response] = await send(port, `${head('content-length: 5')}hello`)
    expect(JSON.parse(response!.body)).toEqual([5, 'hello', 5])
  })

  it('are refused in a coding that nobody takes off', async () => {
    const { port } = await serve({ handler: length })
    const [response] = await send(port, `${head('transfer-encoding: gzip, chunked')}0\r\n\r\n`)
    expect(response?.status).toBe(501)
    expect(JSON.parse(response!.body).error.code).toBe('CODING_UNKNOWN')
  })

  it('that expect what nobody knows are told so, in the log too', async () => {
    const { port, entries } = await serve({ handler: length })
    const [response] = await send(port, head('content-length: 2\r\nexpect: tea'))
    expect(response).toMatchObject({ status: 417, headers: { connection: 'close' } })
    expect(JSON.parse(response!.body).error.code).toBe('EXPECTATION_UNKNOWN')
    expect(entries).toMatchObject([{ method: 'POST', path: '/', status: 417 }])
  })

  it('are refused by what they declare', async () => {
    const { port } = await serve({ handler: length }, { limits: { body: 10 } })
    const [response] = await send(port, head('content-length: 11'))
    expect(response?.status).toBe(413)
    expect(JSON.parse(response!.body).error.code).toBe('PAYLOAD_TOO_LARGE')
  })

  it('are refused by what they are, and the answer arrives while they still come', async () => {
    const { port } = await serve({ handler: length }, { limits: { body: 10 } })
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const [response] = await send(port, head('transfer-encoding: chunked') + chunk, { later: [chunk, chunk] })
    expect(response?.status).toBe(413)
    expect(response?.headers['connection']).toBe('close')
  })

  it('are refused for a limit of the caller’s own', async () => {
    const { port } = await serve({ handler: async (incoming) => json((await incoming.body(3)).byteLength) })
    expect((await send(port, `${head('content-length: 4')}1234`))[0]?.status).toBe(413)
    expect((await send(port, `${head('content-length: 3')}123`))[0]?.status).toBe(200)
  })

  it('that nobody reads do not disturb the next request', async () => {
    const { port } = await serve({ handler: (incoming) => text(incoming.path) })
    const second = 'GET /second HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const responses = await send(port, `${head('content-length: 5')}GET /${second}`, { methods: ['POST', 'GET'] })
    expect(responses.map((response) => response.body)).toEqual(['/', '/second'])
  })

  it('that nobody reads and that are long end the connection', async () => {
    const { port } = await serve({ handler: () => text('no') })
    const [response] = await send(port, `${head('content-length: 900000')}x`)
    expect(response).toMatchObject({ status: 200, body: 'no', headers: { connection: 'close' } })
  })

  it('that end too early reach no handler as whole', async () => {
    let outcome: unknown
    const { port } = await serve({
      handler: async (incoming) => {
        outcome = await incoming.body().catch((error: unknown) => error)
        return text('late')
      },
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(`${head('content-length: 5')}he`)
    await once(socket, 'connect')
    setTimeout(() => socket.destroy(), 30)
    await expect.poll(() => outcome).toMatchObject({ code: 'BODY_INCOMPLETE' })
  })
})

describe('framing', () => {
  it.each([
    ['two lengths', 'content-length: 3\r\ncontent-length: 4'],
    ['a length and chunks', 'content-length: 3\r\ntransfer-encoding: chunked'],
    ['a negative length', 'content-length: -3'],
    ['a length of letters', 'content-length: 3x'],
    ['chunks named twice', 'transfer-encoding: chunked\r\ntransfer-encoding: identity'],
    ['an unknown coding', 'transfer-encoding: gzip'],
    ['a line feed alone', 'x: a\ny: b'],
    ['a bare carriage return', 'x: a\ry'],
    ['a space before the colon', 'x : a'],
    ['a NUL', 'x: \u0000'],
  ])('%s is a typed 400', async (_, headers) => {
    const { port } = await serve({ handler: length })
    const [response] = await send(port, `${head(headers)}abc`)
    expect(response?.status).toBe(400)
    expect(JSON.parse(response!.body).error.code).toBe('MALFORMED')
    expect(response?.headers['connection']).toBe('close')
  })

  it('chunks that are none end the request', async () => {
    const { port } = await serve({ handler: length })
    const [response] = await send(port, `${head('transfer-encoding: chunked')}zz\r\n`)
    expect(response?.status).toBe(400)
  })

  it('headers without end are a 431', async () => {
    const { port } = await serve({}, { limits: { headers: 2048 } })
    const [response] = await send(port, `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'x'.repeat(4000)}\r\n\r\n`)
    expect(response?.status).toBe(431)
    expect(JSON.parse(response!.body).error.code).toBe('HEADERS_TOO_LARGE')
  })
})

describe('slow clients', () => {
  it('that never end their headers are told so', async () => {
    const { port } = await serve({}, { limits: { headersTime: 50, requestTime: 100 } })
    const [response] = await send(port, 'GET / HTTP/1.1\r\nHost: loc')
    expect(response?.status).toBe(408)
    expect(JSON.parse(response!.body).error.code).toBe('TIMEOUT')
  })

  it('that never end their body are told so', async () => {
    const { port } = await serve({ handler: length }, { limits: { headersTime: 50, requestTime: 100 } })
    const [response] = await send(port, `${head('content-length: 5')}he`)
    expect(response?.status).toBe(408)
  })
})
