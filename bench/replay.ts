// Asks a server for what a browser asked for, over and over: visits at a time, each in the browser's order, on
// connections that are kept. A process of its own: `node bench/replay.ts PORT FILE VISITS`; ends when all is answered.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { Asked } from './clicks.ts'

const [port, file, visits] = [Number(process.argv[2]), process.argv[3] as string, Number(process.argv[4])]
const asked: readonly Asked[] = JSON.parse(readFileSync(file, 'utf8'))
const atOnce = 4
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
let begun = 0

/** One request with the browser's headers; what comes is thrown away. */
async function ask({ path, headers }: Asked): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent, setDefaultHeaders: false }, (answer) => {
      if ((answer.statusCode ?? 500) >= 400) reject(new Error(`${path} is answered ${answer.statusCode}`))
      answer.on('end', resolve).on('error', reject).resume()
    })
    sent.on('error', reject).end()
  })
}

async function visit(): Promise<void> {
  while (begun++ < visits) for (const one of asked) await ask(one)
}

await Promise.all(Array.from({ length: Math.min(atOnce, visits) }, visit))
agent.destroy()
