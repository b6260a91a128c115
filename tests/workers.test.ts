// `layer9 start` as one runs it: several processes at one port, restarts, and ends in which nothing is lost.
import { existsSync, readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** What the tests ask of a worker. */
const processModule = `import { existsSync } from 'node:fs'
import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { log } from 'layer9/platform'

if (process.env.TEST_FAILS) throw new Error('no database')
if (existsSync('stop')) process.exit(9)

const version = 'first'
export const pid = endpoint('GET /pid', { access: everyone, handler: () => Response.json({ pid: process.pid, version }) })
export const crash = endpoint('GET /crash', { access: everyone, handler: () => process.exit(7) })
export const hang = endpoint('GET /hang', { access: everyone, handler: () => {
  log.warn('hanging')
  return new Promise(() => {})
} })
export const download = endpoint('GET /download', {
  access: everyone,
  handler: () => {
    let part = 0
    const pull = async (stream: ReadableStreamDefaultController) => {
      if (part++ === 10) return stream.close()
      await new Promise((done) => setTimeout(done, 500))
      stream.enqueue(new TextEncoder().encode('x'.repeat(1000)))
    }
    return new Response(new ReadableStream({ pull }))
  },
})
`

const config = (options: string) =>
  `export default { limits: { requestsPerMinute: 1_000_000, keepAlive: 30_000 }, ${options} }\n`

const openApp = async (options = 'workers: 2'): Promise<AppCopy> => {
  const copy = await copyApp('tests/fixtures/site')
  await copy.write('app/api/process.ts', processModule)
  await copy.write('layer9.config.ts', config(options))
  await build(copy)
  return copy
}

const build = async ({ root }: AppCopy) =>
  expect(await runLayer9(['build'], { cwd: root })).toMatchObject({ code: 0, err: '' })

let app: AppCopy
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.delete())

/** Starts the app; whatever a test leaves of it is killed. */
const start = async (options: { root?: string; args?: string[]; env?: Record<string, string> } = {}) => {
  const { root = app.root, args = [], env = {} } = options
  const server = await startLayer9(['start', ...args], { cwd: root, env })
  onTestFinished(async () => void (await server.end('SIGKILL')))
  return server
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** A request by node:http: on a connection of its own, or one of an agent's. */
const ask = async ({ port }: { port: number }, path: string, agent?: Agent): Promise<Answer> =>
  await new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, agent: agent ?? false }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.once('error', reject).end()
  })

const askPid = async (server: RunningServer): Promise<{ pid: number; version: string }> =>
  JSON.parse((await ask(server, '/pid')).text)

/** However busy the machine is. */
const patient = { timeout: 30_000 }

const says = async (server: RunningServer, text: string) =>
  await expect.poll(() => server.output(), patient).toContain(text)

/** Begins a request that never ends; resolves to what came of it. */
const hang = async (server: RunningServer): Promise<{ hanging: Promise<unknown> }> => {
  const hanging = ask(server, '/hang').catch((error) => error.code)
  await says(server, 'hanging')
  return { hanging }
}

/** The processes that answer. */
const askPids = async (server: RunningServer, times = 12): Promise<Set<number>> => {
  const pids = new Set<number>()
  for (let time = 0; time < times; time++) pids.add((await askPid(server)).pid)
  return pids
}

describe('workers', () => {
  it('share one port', async () => {
    const server = await start()
    const pids = await askPids(server)
    expect(pids.size).toBe(2)
    expect(pids).not.toContain(server.pid)
    expect(server.output()).toMatch(/Listening on http:\/\/localhost:\d+\/ with 2 workers/)
    expect(await server.end()).toBe(0)
  })

  it('are as many as --workers says, else WORKERS, else the configuration', async () => {
    const byOption = await start({ args: ['--workers', '1'], env: { WORKERS: '3' } })
    expect((await askPids(byOption, 6)).size).toBe(1)
    await byOption.end()
    const byVariable = await start({ env: { WORKERS: '3' } })
    expect((await askPids(byVariable)).size).toBe(3)
    await byVariable.end()
  })

  it.each(['0', 'two', '-1'])('are refused where they are %s', async (value) => {
    const ended = await runLayer9(['start', `--workers=${value}`], { cwd: app.root })
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('WORKERS_INVALID') })
  })

  it('are replaced when one dies', async () => {
    const server = await start()
    const before = await askPids(server)
    await expect(ask(server, '/crash')).rejects.toThrow()
    await says(server, 'ended with 7')
    await expect.poll(async () => (await askPids(server)).size, patient).toBe(2)
    const after = await askPids(server)
    expect([...after].filter((pid) => before.has(pid))).toHaveLength(1)
    expect(await server.end()).toBe(0)
  })

  it('are replaced when one is told to end, after it has finished', async () => {
    const server = await start()
    const { pid } = await askPid(server)
    process.kill(pid, 'SIGTERM')
    await says(server, `Worker ${pid} ended with 0`)
    await expect.poll(async () => (await askPids(server)).size, patient).toBe(2)
    expect(await askPids(server)).not.toContain(pid)
  })

  it('that die again and again soon after their start end it, and say so', async () => {
    const server = await start({ args: ['--workers', '1'] })
    const crash = async () => {
      await ask(server, '/crash').catch(() => {})
      return server.output()
    }
    await expect.poll(crash, patient).toContain('WORKERS_CRASHING')
    expect(await server.end()).toBe(1)
    expect(server.output()).toContain('Workers died 5 times in a row soon after they had started, the last one with 7.')
  })

  it('that do not come up in the place of others end the start too', async () => {
    const copy = await openApp()
    onTestFinished(copy.delete)
    const server = await start({ root: copy.root })
    await copy.write('stop', '')
    await ask(server, '/crash').catch(() => {})
    await says(server, 'WORKERS_CRASHING')
    expect(server.output()).toContain('A worker ended with 9 before it was ready.')
    expect(await server.end()).toBe(1)
  })

  it('that do not start say why, once', async () => {
    const { code, err, out } = await runLayer9(['start'], { cwd: app.root, env: { TEST_FAILS: '1', PORT: '0' } })
    expect(code).toBe(1)
    expect((err + out).match(/no database/g)).toHaveLength(1)
  })

  it('say that the port is taken, as one process does', async () => {
    const server = await start()
    const { code, err } = await runLayer9(['start'], { cwd: app.root, env: { PORT: String(server.port) } })
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^SERVER_PORT_TAKEN {2}Port \d+ .*\n {2}Fix: .*\n$/),
    })
  })

  it('hold requests to their time, as one process does', async () => {
    const copy = await openApp('limits: { requestTime: 500 }, workers: 1')
    onTestFinished(copy.delete)
    const server = await start({ root: copy.root })
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk))
    const closed = new Promise((done) => socket.once('close', done))
    const head = 'POST /_layer9/api/notes/addNote HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
    socket.write(`${head}content-length: 10\r\n\r\nhalf`)
    await closed
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('leave no connection hanging when they die: others take it, or it waits for one that comes', async () => {
    const server = await start({ args: ['--workers', '1'] })
    const before = await askPid(server)
    const results = await Promise.allSettled([
      ask(server, '/crash'),
      ...Array.from({ length: 20 }, () => askPid(server)),
    ])
    // Those that it had taken are lost with it.
    for (const one of results) if (one.status === 'rejected') expect(one.reason.code).toBe('ECONNRESET')
    expect((await askPid(server)).pid).not.toBe(before.pid)
  })

  it('are handed no more connections than one that hangs can be waited for', async () => {
    const server = await start({ args: ['--workers', '1'] })
    const { pid } = await askPid(server)
    process.kill(pid, 'SIGSTOP')
    // A process that is stopped hears nothing of its end.
    onTestFinished(() => void process.kill(pid, 'SIGCONT'))
    let closed = 0
    const sockets = Array.from({ length: 1100 }, () => {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.once('close', () => closed++)
      return socket.resume()
    })
    await expect.poll(() => closed, patient).toBe(1100 - 1024)
    for (const socket of sockets) socket.destroy()
    process.kill(pid, 'SIGCONT')
    // Until it has looked at them all, there is no room for another one.
    await expect.poll(async () => await askPid(server).catch(() => undefined), patient).toMatchObject({ pid })
  })

  it('end when the primary is killed', async () => {
    const server = await start()
    const pids = await askPids(server)
    await server.end('SIGKILL')
    for (const pid of pids) await expect.poll(() => isServing(pid), patient).toBe(false)
  })

  it('write whole lines to one log', async () => {
    const server = await start()
    await Promise.all(Array.from({ length: 400 }, async () => await ask(server, '/about')))
    await server.end()
    const lines = server.output().trimEnd().split('\n')
    expect(lines.filter((line) => JSON.parse(line).path === '/about')).toHaveLength(400)
  })
})

describe('restarts', () => {
  it('lose none of 5,000 requests: three times, with two workers', async () => {
    const server = await start()
    const agent = new Agent({ keepAlive: true, maxSockets: 6 })
    onTestFinished(() => agent.destroy())
    let answered = 0
    let restarted = false
    const failures: unknown[] = []
    const kept = new Set<number>()
    const client = async (shared: Agent | undefined) => {
      while (answered < 5_000 || !restarted) {
        try {
          const { status, text } = await ask(server, '/pid', shared)
          kept.add(JSON.parse(text).pid)
          if (status !== 200) failures.push(status)
        } catch (error) {
          failures.push(error)
        }
        answered++
      }
    }
    const clients = [...Array.from({ length: 6 }, () => agent), undefined, undefined, undefined].map(client)
    for (let time = 1; time <= 3; time++) {
      await expect.poll(() => answered, patient).toBeGreaterThan(time * 1000)
      process.kill(server.pid, 'SIGHUP')
      const restarts = () => server.output().match(/Restarted with 2 workers/g)?.length
      await expect.poll(restarts, patient).toBe(time)
    }
    restarted = true
    await Promise.all(clients)
    expect(failures).toEqual([])
    expect(answered).toBeGreaterThanOrEqual(5_000)
    // Two of the beginning, and two of each restart.
    expect(kept.size).toBe(8)
    expect(await server.end()).toBe(0)
  })

  it('serve the build as it is now; the one before goes on if that does not start', async () => {
    const copy = await openApp()
    onTestFinished(copy.delete)
    const server = await start({ root: copy.root })
    expect((await askPid(server)).version).toBe('first')
    await copy.edit('app/api/process.ts', "'first'", "'second'")
    await build(copy)
    process.kill(server.pid, 'SIGHUP')
    await says(server, 'Restarted')
    expect((await askPid(server)).version).toBe('second')

    await copy.edit('app/api/process.ts', "'second'", "'third'\nthrow new Error('not ready')")
    await build(copy)
    process.kill(server.pid, 'SIGHUP')
    await says(server, 'The restart failed')
    expect(server.output()).toContain('not ready')
    expect((await askPid(server)).version).toBe('second')
    expect((await ask(server, '/about')).status).toBe(200)
    expect(await server.end()).toBe(0)
  })

  it('serve files of the new build on connections of the old one, and are healthy all the time', async () => {
    const copy = await openApp('workers: 1')
    onTestFinished(copy.delete)
    const server = await start({ root: copy.root })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const other = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => [agent, other].forEach((one) => void one.destroy()))
    await copy.edit('app/components/Counter.tsx', 'add', 'plus one')
    await build(copy)
    const { pid } = await askPid(server)
    for (const one of [agent, other]) expect(JSON.parse((await ask(server, '/pid', one)).text).pid).toBe(pid)
    process.kill(server.pid, 'SIGHUP')
    await says(server, 'Restarted')
    // A fresh connection meets the new worker, a kept one still the old one, once.
    const html = (await ask(server, '/')).text
    const [script = ''] = /\/_layer9\/assets\/Counter[^"]+\.js/.exec(html) ?? []
    expect(script).not.toBe('')
    expect(await ask(server, script, agent)).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await ask(server, '/_layer9/health', other)).toMatchObject({
      status: 200,
      text: '{"status":"serving"}',
      headers: { connection: 'close' },
    })
    expect((await askPid(server)).pid).not.toBe(pid)
  })
})

/** Begins a download, and gives what came of it in the end. */
const beginDownload = async (server: RunningServer) => {
  const socket = connect(server.port, '127.0.0.1')
  let text = ''
  const begun = new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      text += chunk
      resolve()
    }),
  )
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  socket.on('error', () => {})
  socket.write('GET /download HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await begun
  return { ended }
}

/** Until nobody listens any more. */
const untilRefused = async (server: RunningServer) =>
  await expect.poll(async () => await ask(server, '/pid').catch(({ code }) => code), patient).toBe('ECONNREFUSED')

describe('downloads', () => {
  it.each([
    ['one process', ['--workers', '1']],
    ['two workers', ['--workers', '2']],
  ])('of five seconds finish when the server is told to end: %s', async (_, args) => {
    const server = await start({ args })
    const { ended } = await beginDownload(server)
    const over = server.end('SIGTERM')
    await untilRefused(server)
    const text = await ended
    expect(text.match(/x{1000}/g)).toHaveLength(10)
    expect(text).toMatch(/\r\n0\r\n\r\n$/)
    expect(await over).toBe(0)
  })

  it('finish on the worker that a restart replaces', async () => {
    const server = await start()
    const { ended } = await beginDownload(server)
    process.kill(server.pid, 'SIGHUP')
    await says(server, 'Restarted')
    expect(await server.end('SIGTERM')).toBe(0)
    expect((await ended).match(/x{1000}/g)).toHaveLength(10)
  })
})

describe('limits', () => {
  const alone = 'limits: { drain: 500 }'
  it.each([
    ['one process', ''],
    ['two workers', 'workers: 2,'],
  ])('of time end a shutdown: %s', async (_, workers) => {
    const copy = await openApp(`${workers} ${alone}`)
    onTestFinished(copy.delete)
    const server = await start({ root: copy.root })
    const { hanging } = await hang(server)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(await hanging).toBe('ECONNRESET')
    expect(server.output()).toContain('when the time to end was over')
  })

  it.each([
    ['one process', 'SIGTERM', 143],
    ['one process', 'SIGINT', 130],
    ['two workers', 'SIGTERM', 143],
    ['two workers', 'SIGINT', 130],
  ] as const)('a second signal ends it at once: %s, %s', async (processes, signal, code) => {
    const copy = processes === 'two workers' ? app : await single()
    const server = await start({ root: copy.root })
    const { hanging } = await hang(server)
    const pids = await askPids(server, 4)
    void server.end(signal)
    await untilRefused(server)
    expect(await server.end(signal)).toBe(code)
    expect(await hanging).toBe('ECONNRESET')
    for (const pid of pids) await expect.poll(() => isRunning(pid), patient).toBe(false)
  })

  it('without requests there is nothing to wait for', async () => {
    const server = await start()
    expect(await server.end('SIGTERM')).toBe(0)
  })
})

let made: Promise<AppCopy> | undefined
/** The app without workers, built once. */
const single = async (): Promise<AppCopy> => {
  made ??= openApp('')
  return await made
}
afterAll(async () => await (await made)?.delete())

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Whether a process runs, and is not merely unburied. */
const isServing = (pid: number): boolean =>
  existsSync(`/proc/${pid}/status`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

describe('the primary', () => {
  it('holds the one rate limit of all workers, over restarts too', async () => {
    const copy = await openApp()
    onTestFinished(copy.delete)
    await copy.write('layer9.config.ts', 'export default { workers: 2, limits: { requestsPerMinute: 40 } }\n')
    await build(copy)
    const server = await start({ root: copy.root })
    const pids = new Set<number>()
    const refused: Answer[] = []
    const burst = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, async () => await ask(server, '/pid')))
      for (const answer of answers) {
        if (answer.status === 200) pids.add(JSON.parse(answer.text).pid)
        else refused.push(answer)
      }
      return answers.filter(({ status }) => status === 200).length
    }
    const passed = await burst(20)
    process.kill(server.pid, 'SIGHUP')
    await says(server, 'Restarted')
    expect(passed + (await burst(40)) + (await burst(20))).toBeLessThanOrEqual(40)
    expect(passed).toBe(20)
    expect(pids.size).toBe(4)
    expect(refused.length).toBeGreaterThanOrEqual(40)
    for (const { status, headers } of refused) {
      expect(status).toBe(429)
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    }
    // The health of the server has no limit.
    expect((await ask(server, '/_layer9/health')).status).toBe(200)
    await server.end()
  })
})
