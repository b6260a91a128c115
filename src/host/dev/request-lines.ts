// What development says of a request: a line with the time of each layer and the bytes of the props of its roots; and
// once for a root that is given much, what would have to be live of it.
import { type Incoming, log, type Reply } from '../../2-platform/index.ts'
import { drawHint, drawProps, muchProps } from '../draw-props.ts'
import { type MeasuredProps, readMeasuredProps, writeMeasuredProps } from '../measured-props.ts'
import type { RequestEntry } from '../server/index.ts'
import { readRootProps, type SeenProps } from './root-props.ts'
import { drawServerTiming, measuredLayers, type Times } from './timing.ts'

/** The lines of one development server. */
export interface RequestLines {
  /** Notes what is known of a request, and looks at its document as it passes. */
  note(incoming: Incoming, reply: Reply, times: Times): Reply
  /** Writes the line, once the reply is written. */
  write(entry: RequestEntry): void
}

/** Makes them for an app. */
export function createRequestLines({ root, base }: { root: string; base: string }): RequestLines {
  const timings = new Map<string, Times>()
  const seen = new Map<string, SeenProps>()
  const remember = createMemory(root)
  return {
    note({ method, path }, reply, times) {
      const key = `${method} ${base.slice(0, -1)}${path}`
      timings.set(key, times)
      const timed = { ...reply, headers: { ...reply.headers, 'server-timing': drawServerTiming(times) } }
      return readOnTheWay(timed, (html) => {
        const found = readRootProps(html, base)
        if (found) seen.set(key, found)
      })
    },
    write({ method, path, status, milliseconds }) {
      const key = `${method} ${path}`
      const props = seen.get(key)
      const given = drawProps(props?.roots ?? [])
      const parts = [drawTimes(timings.get(key)), given && `props ${given}`].filter((part) => part !== '')
      timings.delete(key)
      seen.delete(key)
      const line = [`${key} ${status} ${milliseconds.toFixed(1)}ms`, ...parts].join('  ')
      log[status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'](line)
      if (props && status === 200) void remember(props)
    },
  }
}

const drawTimes = (times: Times = {}): string =>
  measuredLayers
    .flatMap((layer) => (times[layer] === undefined ? [] : [`${layer} ${times[layer].toFixed(1)}`]))
    .join(' · ')

/** Hands a document on, and its text to `see` once it is whole. */
function readOnTheWay(reply: Reply, see: (html: string) => void): Reply {
  const { body, status, headers } = reply
  if (status !== 200 || !String(headers['content-type']).startsWith('text/html') || body === null) return reply
  if (typeof body === 'string') see(body)
  if (typeof body === 'string' || body instanceof Uint8Array) return reply
  const passOn = async function* (): AsyncGenerator<string | Uint8Array> {
    let html = ''
    for await (const part of body) {
      html += typeof part === 'string' ? part : Buffer.from(part).toString()
      yield part
    }
    see(html)
  }
  return { ...reply, body: passOn() }
}

/** Keeps what was seen for `layer9 build`, and hints once at what is large. */
function createMemory(root: string): (seen: SeenProps) => Promise<void> {
  const reading = readMeasuredProps(root)
  let known: MeasuredProps | undefined
  const hinted = new Set<string>()
  return async ({ page, roots }) => {
    const before = await reading
    known ??= before
    if (JSON.stringify(known[page]) !== JSON.stringify(roots)) {
      known = { ...known, [page]: roots }
      try {
        writeMeasuredProps(root, known)
      } catch {
        // A folder that cannot be written to: a build knows less.
      }
    }
    for (const one of roots.filter(({ bytes }) => bytes >= muchProps)) {
      const key = `${page} ${one.module}#${one.name}`
      if (hinted.has(key)) continue
      hinted.add(key)
      log.warn(await drawHint(root, page, one))
    }
  }
}
