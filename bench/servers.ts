// Starts and ends the processes that are measured: each on a free loopback port, the server on core 0, load on core 1.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The root of the repository. */
export const repository: string = join(import.meta.dirname, '..')
/** The app that is measured. */
export const app: string = join(import.meta.dirname, 'app')

export interface Server {
  pid: number
  port: number
  /** Milliseconds from spawn to the first response to `GET path`. */
  firstResponse: number
  stop(): Promise<void>
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

export interface ServerOptions {
  cwd: string
  /** What is asked for until it is answered. Default `/`. */
  path?: string
  env?: Record<string, string>
  /** Whether it has core 0 alone, where there are two, so that the load may have the other. Default true. */
  pinned?: boolean
  /** What is waited for: an answer (the default), or a port that listens, for whoever times the first answer itself. */
  until?: 'answered' | 'listening'
}

/** Spawns `node ...args` with PORT and HOST and waits for it. */
export async function startServer(args: string[], options: ServerOptions): Promise<Server> {
  const port = await freePort()
  const began = performance.now()
  const pinned = options.pinned !== false && cpus().length > 1 && process.platform === 'linux'
  const command = pinned ? ['taskset', '-c', '0', process.execPath, ...args] : [process.execPath, ...args]
  const child = spawn(command[0]!, command.slice(1), {
    cwd: options.cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...options.env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  while (!(await answers(port, options))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended before it answered:\n${errors}`)
    if (performance.now() - began > 30_000) throw new Error(`${args.join(' ')} did not answer in 30 s:\n${errors}`)
    await sleep(2)
  }
  return { pid: child.pid!, port, firstResponse: performance.now() - began, stop: async () => await stop(child) }
}

/** One request on a connection of its own; resolves to whether a response began. */
async function answers(port: number, { path = '/', until }: ServerOptions): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      if (until !== 'listening')
        return void socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`)
      resolve(true)
      socket.destroy()
    })
    socket.on('data', (chunk) => {
      socket.destroy()
      resolve(chunk.toString('latin1').startsWith('HTTP/1.1 '))
    })
    socket.on('error', () => resolve(false))
    socket.on('close', () => resolve(false))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
