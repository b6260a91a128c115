// The document around a page (Contract 4): head, the segments, and the table of what runs in the browser.
import { etagOf, matchesEtag, type Reply } from '../2-platform/index.ts'
import { callName, guardsDecided } from '../6-api/index.ts'
import {
  block,
  child,
  component,
  createRenderer,
  type LinkMarker,
  PostedFormContext,
  type Renderer,
  refusedForms,
} from '../8-components/server.ts'
import type { AppDefinition } from './definition.ts'
import { type Failure, readFailure } from './failure.ts'
import { plainErrorPage, plainPart } from './plain-page.ts'
import { type Plan, writeStart } from './plan.ts'
import { writePreloads, writeReceiver, writeTable, writeUnplaced, writeUnscripted } from './root-table.ts'
import { identityName, segmentName } from './segment.ts'
import { hasLater, writeStreamed, writeWhole } from './stream.ts'
import type { Visit } from './visit.ts'

const end = '</body></html>'

/** Tells the navigation, which sees no headers of a document that the browser loaded, to forget the page once it is left. */
const unstored = '<meta name="layer9-store" content="false">'

/** What caches may do with a page (RFC 9111 §5.2.2): ask each time whether it is still so, or nothing. */
const cachingOf = ({ isStored }: Visit): string => (isStored ? 'private, no-cache' : 'no-store')

/** Milliseconds that a deferred part may take: less than a connection may be still, so that its boundary can say so. */
const patience = 60_000

/**
 * Writes the document of a visit whose data is there.
 *
 * @throws what a component or a `head` throws; `visit.at` then is the part it came from
 */
export function writeDocument(definition: AppDefinition, visit: Visit, links: LinkMarker): Reply | Promise<Reply> {
  const head = visit.plan.start ?? writeStart(definition, visit.plan, visit.heads())
  const start = visit.isStored ? head : head + unstored
  const { renderer, html } = renderParts(definition, visit, links)
  // What is found out about the roots now is shown as near to them as an error page is.
  visit.at = visit.plan.parts.length - 1
  const written: Written = { definition, visit, renderer, start }
  return renderer.deferred.length > 0 ? answerLater(written, html) : answer(visit, writeAll(written, html))
}

/** Renders layouts and page; again if they show none of the form that was refused, whose name is of another page then. */
function renderParts(definition: AppDefinition, visit: Visit, links: LinkMarker): { renderer: Renderer; html: string } {
  const { dev, report, reportPart = report } = definition.options
  const renderer = createRenderer({
    dev,
    patience,
    report: (error) => reportPart(error, crypto.randomUUID(), visit.incoming),
    failed: (error) => plainPart(readFailure(error, definition.options, visit.incoming).page),
    // Where documents are never merged, nobody asks.
    ...(definition.assets.navigation === null ? {} : { keys: true, links }),
    isSendable: (value) => callName(value) !== undefined,
  })
  const html = renderer.render(nestParts(visit))
  // What comes later may show it.
  if (visit.form === undefined || refusedForms.has(visit.form) || renderer.deferred.length > 0)
    return { renderer, html }
  const { form: _name, ...nameless } = visit.form
  // Roots that stay on the page know their names, and may hold the form where the server does not show it.
  if (visit.incoming.headers['sec-fetch-dest'] !== 'empty') visit.form = nameless
  refusedForms.set(visit.form, 'everyone')
  return renderParts(definition, visit, links)
}

/** A document whose body is written. */
interface Written {
  readonly definition: AppDefinition
  readonly visit: Visit
  readonly renderer: Renderer
  readonly start: string
}

/** The whole document around markup of which nothing is awaited. */
function writeAll({ definition, visit, renderer, start }: Written, html: string): string {
  const table = writeTable(definition, renderer.roots)
  const preloads = table && writePreloads(definition, renderer.roots, { known: visit.plan.styles, table })
  return `${start}${preloads}</head><body>${html}${table}${end}`
}

/** The document of an error that no page of the app shows. What was thrown is shown in development alone. */
export function writePlainDocument(definition: AppDefinition, { page, cause }: Failure): Reply {
  const { title, html } = plainErrorPage(page, definition.options.dev ? cause : undefined)
  const meta = [
    { name: 'color-scheme', content: 'light dark' },
    { name: 'robots', content: 'noindex' },
  ]
  const start = writeStart(definition, { styles: [] }, [{ title, meta }])
  return htmlReply(page.status, `${start}</head><body>${html}${end}`, 'no-store')
}

/** A reply of HTML. */
export function htmlReply(status: number, body: Reply['body'], cacheControl: string): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': cacheControl }, body }
}

/** The layouts around the page, each a segment. Whichever is being written is the one at fault if something throws. */
function nestParts(visit: Visit): ReturnType<typeof component> {
  const { parts } = visit.plan
  let inner: ReturnType<typeof component> | undefined
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index] as Plan['parts'][number]
    const props = inner === undefined ? visit.propsOf(index) : { ...visit.propsOf(index), children: inner }
    visit.at = index
    const name = segmentName(part.id, part.names, visit.params)
    const opening = `<!--{${name}${part.identity ? identityName(part.identity, visit.args) : ''}-->`
    const write = (content: unknown): string => {
      visit.at = index
      const html = `${opening}${child(content)}<!--}-->`
      visit.at = Math.max(index - 1, 0)
      return html
    }
    inner = block(write, [component(part.component, props)])
  }
  // A layout's form may be the one that was refused, so the context is around all of them.
  if (visit.form === undefined) return inner as ReturnType<typeof component>
  return component(PostedFormContext, { value: visit.form, children: inner })
}

/** A whole document: with an entity tag, so that who has it already is told so (RFC 9110 §13.1.2). */
function answer(visit: Visit, html: string): Reply {
  const reply = htmlReply(visit.status, html, cachingOf(visit))
  // Who may store none asks about none.
  if (visit.status !== 200 || !visit.isStored) return reply
  const etag = etagOf(html)
  if (visit.incoming.method !== 'POST' && matchesEtag(visit.incoming, etag))
    return { status: 304, headers: { etag, 'cache-control': cachingOf(visit) }, body: null }
  return { ...reply, headers: { ...reply.headers, etag } }
}

/**
 * A document that waits for something: whole if that is there within one turn of the event loop, else streamed. Nothing is
 * sent before the guards of what it waits for have decided.
 *
 * @throws what failed until then outside of every boundary: an outcome is the answer to the request
 */
async function answerLater(written: Written, html: string): Promise<Reply> {
  const { visit, renderer } = written
  await guardsDecided()
  const later = await hasLater(renderer.deferred)
  const refused = renderer.deferred.find((entry) => entry.refusal)
  if (refused) {
    visit.at = findPart(html, refused.id) ?? visit.at
    throw refused.refusal!.error
  }
  if (!later) return answer(visit, writeAll(written, await writeWhole(html, renderer.deferred)))
  renderer.seal()
  return answerStreamed(written, html)
}

/** Which layout or page a deferred part stands in: as deep as the segments that are open before its place. */
function findPart(html: string, id: number): number | undefined {
  const at = html.indexOf(`<!--?${id}-->`)
  if (at < 0) return undefined
  const before = html.slice(0, at)
  return before.split('<!--{').length - before.split('<!--}-->').length - 1
}

function answerStreamed({ definition, visit, renderer, start }: Written, html: string): Reply {
  const known = visit.plan.styles
  const files = visit.plan.parts.map((part) => part.file)
  const preview = writeTable(definition, renderer.roots)
  const preloads = writePreloads(definition, renderer.roots, { known, table: preview, files })
  const opening = `${start}${writeReceiver(definition)}${preloads}</head><body>${writeUnscripted(definition)}`
  let from = 0
  const table = (): string => {
    const first = from
    from = renderer.roots.length
    try {
      return writeTable(definition, renderer.roots, first)
    } catch (error) {
      // The part is shown without behaviour; what is before it was sent already.
      const { report, reportPart = report } = definition.options
      reportPart(error, crypto.randomUUID(), visit.incoming)
      return ''
    }
  }
  const key = crypto.randomUUID().slice(0, 6)
  const { signal } = visit.incoming
  // At once: what is awaited may end by the same signal, and would be written before the stream learns of it.
  signal.addEventListener('abort', () => renderer.stop(), { once: true })
  const streamed = { deferred: renderer.deferred, key, table, unplaced: writeUnplaced(definition), signal }
  const body = async function* (): AsyncGenerator<string> {
    try {
      yield* writeStreamed(opening + html, streamed)
      yield end
    } finally {
      renderer.stop()
    }
  }
  const reply = htmlReply(visit.status, body(), cachingOf(visit))
  // Who asks by script learns from the head what reads the rest.
  return { ...reply, headers: { ...reply.headers, 'layer9-parts': definition.assets.receiver } }
}
