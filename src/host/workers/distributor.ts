// Holds the port, and hands its connections to workers: to the one that is least behind, by turns where that is equal.
// What a worker had no time to take when it died goes to another, and where there is none, it waits for one.
//
// Not by `node:cluster`, whose connections hang when their worker dies in that moment, and which cannot change from the
// workers of one build to those of another at once.
import type { Server, Socket } from 'node:net'
import { type ListenAddress, listen } from '../server/listen.ts'
import type { Member } from './member.ts'

const { createServer } = process.getBuiltinModule('node:net')

/** Most connections that wait for a worker to come, or to look; more are closed, as by a system whose queue is full. */
const mostWaiting = 1024

/** The port of an app. */
export class Distributor {
  readonly #members: ReadonlySet<Member>
  readonly #server: Server
  readonly #waiting: Socket[] = []
  #turns = 0

  /** @param members those that there are at each moment; only open ones are handed anything */
  constructor(members: ReadonlySet<Member>) {
    this.#members = members
    // The worker reads; until then nothing is.
    this.#server = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {})
      this.hand(socket)
    })
  }

  /** @throws SERVER_PORT_TAKEN, SERVER_PORT_REFUSED */
  async listen(port: number, host: string): Promise<ListenAddress> {
    return await listen(this.#server, port, host)
  }

  /** Takes no connection any more; those that wait for a worker are closed. */
  close(): void {
    this.#server.close()
    for (const socket of this.#waiting.splice(0)) socket.destroy()
  }

  /** Gives a connection to a worker. */
  hand(socket: Socket): void {
    let best: Member | undefined
    for (const member of this.#members) {
      if (!member.open) continue
      if (!best || member.behind < best.behind || (member.behind === best.behind && member.turn < best.turn))
        best = member
    }
    if ((best?.behind ?? this.#waiting.length) >= mostWaiting) socket.destroy()
    else if (best) {
      best.turn = ++this.#turns
      best.take(socket)
    } else this.#waiting.push(socket)
  }

  /** There are workers again. */
  handWaiting(): void {
    for (const socket of this.#waiting.splice(0)) this.hand(socket)
  }
}
