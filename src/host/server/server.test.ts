import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { text } from '../../2-platform/index.ts'
import { createServer } from './server.ts'
import { ask, send, serve } from './testing/raw.fixture.ts'

describe('listen', () => {
  it('says where', async () => {
    const server = createServer({ handler: () => text('ok') })
    const { url, host, port } = await server.listen(0)
    expect(url).toBe(`http://localhost:${port}`)
    expect(host).toBe('127.0.0.1')
    await server.close()
  })

  it('says which port is taken', async () => {
    const { port } = await serve({})
    const second = createServer({ handler: () => text('ok') })
    await expect(second.listen(port)).rejects.toMatchObject({
      code: 'SERVER_PORT_TAKEN',
      data: { host: '127.0.0.1', port },
    })
    // And may try another.
    await expect(second.listen(0)).resolves.toHaveProperty('url')
    await second.close()
  })

  it('says what the system refuses', async () => {
    await expect(createServer({ handler: () => text('ok') }).listen(0, '203.0.113.1')).rejects.toMatchObject({
      code: 'SERVER_PORT_REFUSED',
    })
  })
})

describe('limits', () => {
  it('of a whole request may be shorter than those of headers', async () => {
    const { port } = await serve({}, { limits: { requestTime: 300 } })
    const [answer] = await send(port, 'GET / HTTP/1.1\r\nHost: local')
    expect(answer?.status).toBe(408)
  })

  it('of connections at once close the next one, and let another in when one has left', async () => {
    const { port } = await serve({}, { limits: { connections: 2 } })
    const [first, second] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
    await Promise.all([once(first, 'connect'), once(second, 'connect')])
    await expect(ask(port, '/')).resolves.toBeUndefined() // closed
    first.destroy()
    await expect.poll(async () => (await ask(port, '/'))?.status).toBe(200)
    second.destroy()
  })

  it('of requests under way on one connection refuse the next ones, in their order', async () => {
    let begun = 0
    const gate = Promise.withResolvers<void>()
    const handler = async () => {
      begun++
      return await gate.promise.then(() => text('done'))
    }
    const { port } = await serve({ handler })
    const asked = Array.from({ length: 300 }, () => 'GET')
    const answers = send(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(300), { methods: asked })
    await expect.poll(() => begun).toBe(100)
    expect((await ask(port, '/_layer9/health')).status).toBe(200)
    gate.resolve()
    const statuses = (await answers).map(({ status }) => status)
    expect(statuses).toEqual(asked.map((_, index) => (index < 100 ? 200 : 429)))
    expect(begun).toBe(100)
  })
})

describe('a request that asks for another protocol', () => {
  it('is answered like any other, and is the last one of its connection', async () => {
    const { port } = await serve({ handler: () => text('ok') })
    const upgrade = 'Connection: upgrade\r\nUpgrade: h2c\r\n'
    const pair = `GET / HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n`
    // What follows is thrown away by node's parser, so nobody may wait for an answer to it.
    const [first, second] = await send(port, pair, { methods: ['GET', 'GET'] })
    expect(first).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(second).toBeUndefined()
  })
})

describe('close', () => {
  it('lets running requests finish, tells probes, and takes no new connection', async () => {
    let finish = () => {}
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    let begun = false
    const { server, port } = await serve({
      handler: async () => {
        begun = true
        await gate
        return text('done')
      },
    })
    const idle = connect(port, '127.0.0.1')
    idle.write('GET /_layer9/health HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(idle, 'data')
    // Two requests on one connection: the second is asked while the first still runs.
    const running = send(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', { methods: ['GET'] })
    await expect.poll(() => begun).toBe(true)
    const closed = server.close()
    await once(idle, 'close')
    await expect(ask(port, '/')).resolves.toBeUndefined() // refused
    finish()
    const [response] = await running
    expect(response).toMatchObject({ status: 200, body: 'done' })
    await closed
  })

  it('says 503 on connections that are still there', async () => {
    let finish = () => {}
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { server, port } = await serve({ handler: async () => await gate.then(() => text('done')) })
    const both = send(
      port,
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /_layer9/health HTTP/1.1\r\nHost: localhost\r\n\r\n',
      { methods: ['GET', 'GET'] },
    )
    const probe = connect(port, '127.0.0.1')
    let told = ''
    probe.on('data', (chunk) => {
      told += chunk.toString('latin1')
    })
    // Half a request, so that the connection is not idle when the end begins.
    probe.write('GET /_layer9/health HTTP/1.1\r\n')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closed = server.close()
    probe.write('Host: localhost\r\n\r\n')
    await once(probe, 'close')
    expect(told).toMatch(/^HTTP\/1\.1 503 /)
    expect(told.toLowerCase()).toContain('connection: close')
    finish()
    expect((await both)[0]?.body).toBe('done')
    await closed
  })

  it('answers on idle connections until their grace is over, once', async () => {
    const { server, port } = await serve({})
    const [kept, idle, silent] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
    let told = ''
    kept.on('data', (chunk) => {
      told += chunk.toString('latin1')
    })
    for (const socket of [kept, idle]) {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await once(socket, 'data')
    }
    expect(told).not.toContain('connection: close')
    const ends = [kept, idle, silent].map(async (socket) => await once(socket, 'close'))
    let over = false
    const closed = server.close({ grace: 2000 }).then(() => {
      over = true
    })
    kept.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await ends[0]
    expect(told.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    expect(told.toLowerCase()).toContain('connection: close')
    expect({ over, idle: idle.destroyed, silent: silent.destroyed }).toEqual({
      over: false,
      idle: false,
      silent: false,
    })
    await closed
    await Promise.all(ends)
  })

  it('closes a connection that never sent anything', async () => {
    const { server, port } = await serve({})
    const silent = connect(port, '127.0.0.1')
    await once(silent, 'connect')
    expect((await ask(port, '/')).status).toBe(200)
    await Promise.all([server.close(), once(silent, 'close')])
  })

  it('tells who waits for an answer that the connection ends with it', async () => {
    let finish = () => {}
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    let begun = false
    const handler = async () => {
      begun = true
      return await gate.then(() => text('done'))
    }
    const { server, port } = await serve({ handler })
    const running = ask(port, '/')
    await expect.poll(() => begun).toBe(true)
    const closed = server.close()
    finish()
    expect((await running).headers).toMatchObject({ connection: 'close' })
    await closed
  })

  it('is healthy to the end where another process has taken over', async () => {
    const { server, port } = await serve({})
    const probe = connect(port, '127.0.0.1')
    probe.write('GET /_layer9/health HTTP/1.1\r\n')
    expect((await ask(port, '/')).status).toBe(200)
    const closed = server.close({ replaced: true })
    probe.write('Host: localhost\r\n\r\n')
    const [told] = await once(probe, 'data')
    expect(String(told)).toMatch(/^HTTP\/1\.1 200 /)
    await closed
  })

  it('ends what runs too long', async () => {
    const { server, port } = await serve({ handler: () => new Promise(() => {}) }, { limits: { drain: 50 } })
    const hanging = ask(port, '/')
    await new Promise((resolve) => setTimeout(resolve, 30))
    await server.close()
    await expect(hanging).resolves.toBeUndefined()
  })

  it('ends at once when asked a second time', async () => {
    const { server, port } = await serve({ handler: () => new Promise(() => {}) })
    const hanging = ask(port, '/')
    await new Promise((resolve) => setTimeout(resolve, 30))
    const first = server.close()
    await server.close()
    await first
    await expect(hanging).resolves.toBeUndefined()
  })

  it('is done at once for a server that never listened', async () => {
    await createServer({ handler: () => text('ok') }).close()
  })
})

/** A server in a process of its own; `/slow` never answers. */
async function start(): Promise<{ child: ReturnType<typeof fork>; port: number }> {
  const child = fork(new URL('./testing/signals.fixture.ts', import.meta.url).pathname, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [message] = (await once(child, 'message')) as [{ port: number }]
  return { child, port: message.port }
}

describe('endOnSignals', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
    const { child, port } = await start()
    let output = ''
    child.stdout!.on('data', (chunk) => {
      output += chunk
    })
    expect((await ask(port, '/')).body).toBe('ok')
    child.kill(signal)
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(output).toContain('disposed')
  })

  it('ends at once on a second one', async () => {
    const { child, port } = await start()
    const hanging = ask(port, '/slow')
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(143)
    await expect(hanging).resolves.toBeUndefined()
  })
})

describe('outliveFaults', () => {
  it.each([
    ['/forgotten', 'outlived null'],
    ['/late', 'outlived Error: too late'],
  ])('goes on serving after a fault that nobody caught: %s', async (path, report) => {
    const { child, port } = await start()
    let output = ''
    child.stdout!.on('data', (chunk) => {
      output += chunk
    })
    expect((await ask(port, path)).body).toBe('ok')
    await expect.poll(() => output).toContain(report)
    expect((await ask(port, '/')).body).toBe('ok')
    child.kill('SIGKILL')
  })
})
