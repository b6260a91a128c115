// The document around a page (Contract 4): head, the segments, and the table of what runs in the browser.
import { etagOf, matchesEtag, type Reply } from '../2-platform/index.ts'
import { block, child, component, createRenderer, PostedFormContext, type Renderer } from '../8-components/server.ts'
import type { AppDefinition } from './definition.ts'
import type { Failure } from './failure.ts'
import { plainErrorPage } from './plain-page.ts'
import { type Plan, writeStart } from './plan.ts'
import { writePreloads, writeTable } from './root-table.ts'
import { identityName, segmentName } from './segment.ts'
import { hasLater, writeInOrder } from './stream.ts'
import type { Visit } from './visit.ts'

const end = '</body></html>'

/**
 * Writes the document of a visit whose data is there.
 *
 * @throws what a component or a `head` throws; `visit.at` then is the part it came from
 */
export function writeDocument(definition: AppDefinition, visit: Visit): Reply | Promise<Reply> {
  const start = visit.plan.start ?? writeStart(definition, visit.plan, visit.heads())
  const { dev, report } = definition.options
  const renderer = createRenderer({
    dev,
    report: (error) => report(error, crypto.randomUUID(), visit.incoming),
    // Where documents are never merged, nobody asks.
    keys: definition.assets.navigation !== null,
  })
  const html = renderer.render(nestParts(visit))
  // What is found out about the roots now is shown as near to them as an error page is.
  visit.at = visit.plan.parts.length - 1
  const table = writeTable(definition, renderer.roots)
  const preloads = table && writePreloads(definition, renderer.roots, { known: visit.plan.styles, table })
  const opening = `${start}${preloads}</head><body>`
  if (renderer.deferred.length > 0) return answerLater({ definition, visit, renderer }, opening, html)
  return answer(visit, opening + html + table + end)
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
  if (visit.status !== 200) return htmlReply(visit.status, html, 'private, no-cache')
  const etag = etagOf(html)
  if (visit.incoming.method !== 'POST' && matchesEtag(visit.incoming, etag))
    return { status: 304, headers: { etag, 'cache-control': 'private, no-cache' }, body: null }
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache', etag },
    body: html,
  }
}

/** A document that waits for something: whole if that is there within one turn of the event loop, else streamed. */
async function answerLater(
  { definition, visit, renderer }: { definition: AppDefinition; visit: Visit; renderer: Renderer },
  opening: string,
  html: string,
): Promise<Reply> {
  if (!(await hasLater(renderer.deferred))) {
    const whole = await renderer.complete(html)
    return answer(visit, opening + whole + writeTable(definition, renderer.roots) + end)
  }
  const body = async function* (): AsyncGenerator<string> {
    yield* writeInOrder(opening + html, renderer.deferred)
    // Now, because deferred parts bring roots of their own.
    yield writeTable(definition, renderer.roots) + end
  }
  return htmlReply(visit.status, body(), 'private, no-cache')
}
