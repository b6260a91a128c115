// How many requests one connection may have under way. Answers go out in the order of the requests (RFC 9112 §9.3.2),
// and node:http goes on reading while those that are made first take their time: without a bound one connection starts
// a hundred thousand handlers. What is refused has its answer at once, so that node stops reading until it is sent.
import type { Socket } from 'node:net'

/** Browsers and proxies have one; tools that measure pipeline some dozens. */
const MOST = 100

const counts = new WeakMap<Socket, number>()

/** Counts a request that begins; false when there are too many, which is not counted. */
export function beginRequest(socket: Socket): boolean {
  const count = counts.get(socket) ?? 0
  if (count >= MOST) return false
  counts.set(socket, count + 1)
  return true
}

/** Counts one of those less. */
export function endRequest(socket: Socket): void {
  counts.set(socket, counts.get(socket)! - 1)
}
