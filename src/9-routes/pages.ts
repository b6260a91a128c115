// Answers requests for pages: GET and HEAD show one, POST runs an action and shows one. Whatever is thrown on the way
// ends here, with the nearest error page.
import { NotFound, type RedirectData, underBase } from '../1-contracts/index.ts'
import { type Incoming, problem, type Reply } from '../2-platform/index.ts'
import type { Api } from '../6-api/index.ts'
import { type LinkMarker, settleLazy } from '../8-components/server.ts'
import type { AppDefinition } from './definition.ts'
import { htmlReply, writeDocument, writePlainDocument } from './document.ts'
import { describeOutcome, findBoundary, isRedirect, readFailure } from './failure.ts'
import { submitForm } from './form-post.ts'
import { loadNavigation } from './links.ts'
import type { Match } from './match.ts'
import { plainAwayPage } from './plain-page.ts'
import type { Plan, Plans } from './plan.ts'
import type { Folder, Page } from './tree.ts'
import { checkAccess, loadData, proceed, Visit } from './visit.ts'

/** What answering a page needs of the app. */
export interface Pages {
  readonly definition: AppDefinition
  readonly api: Api
  readonly plans: Plans
  readonly links: LinkMarker
}

type Answer = Reply | Promise<Reply>

/** Answers a request whose path is a page's. */
export function answerPage(pages: Pages, incoming: Incoming, { value, params }: Match<Page>): Answer {
  const refused = refuseMethod(incoming.method)
  if (refused !== undefined) return refused
  const make = () => pages.plans.page(value)
  return withPlan(pages, incoming, { make, go: (plan) => visitPage(pages, new Visit(incoming, params, plan)) })
}

/**
 * Answers a request whose path is nobody's, with the not-found page (or else the error page) of the folder nearest to it.
 */
export function answerMissing(pages: Pages, incoming: Incoming, place: Match<Folder> | null): Answer {
  const error = describeOutcome(new NotFound())
  const seen = /^(?:GET|HEAD|POST)$/.test(incoming.method) && !incoming.path.startsWith('/_layer9/')
  if (!seen) return problem(404, { code: error.code, message: error.message as string })
  if (place === null) return writePlainDocument(pages.definition, { page: error, cause: undefined })
  const folder = place.value
  const kind = folder.notFound === undefined ? 'error' : 'not-found'
  const go = (plan: Plan) => {
    const visit = new Visit(incoming, place.params, plan)
    visit.status = 404
    visit.error = error
    return visitPage(pages, visit)
  }
  return withPlan(pages, incoming, { make: () => pages.plans.special(kind, folder), go })
}

/** Makes a plan and goes its way. One that cannot be made (a module that does not load) has no page to show that. */
function withPlan(
  pages: Pages,
  incoming: Incoming,
  { make, go }: { make: () => Plan | Promise<Plan>; go: (plan: Plan) => Answer },
): Answer {
  const fail = (error: unknown): Reply =>
    writePlainDocument(pages.definition, readFailure(error, pages.definition.options, incoming))
  let plan: Plan | Promise<Plan>
  try {
    plan = make()
  } catch (error) {
    return fail(error)
  }
  return plan instanceof Promise ? plan.then(go, fail) : go(plan)
}

function visitPage(pages: Pages, visit: Visit): Answer {
  return attempt(pages, visit, () => {
    if (visit.incoming.method !== 'POST') return show(pages, visit)
    return proceed(checkAccess(visit), () => submit(pages, visit))
  })
}

/** Runs the action that a form names; the page is shown again only when the form was refused. */
async function submit(pages: Pages, visit: Visit): Promise<Reply> {
  const to = await submitForm(pages.api, visit)
  return to === undefined ? await show(pages, visit) : redirectTo(pages.definition, to)
}

function show({ definition, links }: Pages, visit: Visit): Answer {
  const write = () => proceed(writeDocument(definition, visit, links), (reply) => loadNavigation(definition, reply))
  return proceed(checkAccess(visit), () => proceed(loadData(visit), () => proceed(settleLazy(), write)))
}

function attempt(pages: Pages, visit: Visit, run: () => Answer): Answer {
  try {
    const reply = run()
    return reply instanceof Promise ? reply.catch((error) => recover(pages, visit, error)) : reply
  } catch (error) {
    return recover(pages, visit, error)
  }
}

/** Shows what was thrown: on the nearest error page, whose own errors go to the next one outwards. */
function recover(pages: Pages, visit: Visit, error: unknown): Answer {
  const { definition } = pages
  if (isRedirect(error)) return redirectTo(definition, error.data)
  const failure = readFailure(error, definition.options, visit.incoming)
  const boundary = findBoundary(visit.part, failure.page)
  if (boundary === undefined) return writePlainDocument(definition, failure)
  const go = (plan: Plan) => {
    visit.turnTo(plan)
    visit.status = failure.page.status
    visit.error = failure.page
    return attempt(pages, visit, () => show(pages, visit))
  }
  return withPlan(pages, visit.incoming, { make: () => pages.plans.special(boundary.kind, boundary.folder), go })
}

/** 303 (RFC 9110 §15.4.4): whatever was asked, the answer is elsewhere, to be had by GET. */
function redirectTo({ options }: AppDefinition, { to, external }: RedirectData): Reply {
  // A form's redirect may not leave the origin (policy `form-action`), and a script cannot follow it there.
  if (external) return htmlReply(200, plainAwayPage(to), 'no-store')
  const location = underBase(to, options.base)
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: null }
}

const allowed = 'GET, HEAD, POST, OPTIONS'

/** What no page answers: 204 for OPTIONS (RFC 9110 §9.3.7), 405 for others (§15.5.6). */
function refuseMethod(method: string): Reply | undefined {
  if (method === 'GET' || method === 'HEAD' || method === 'POST') return undefined
  const headers = { allow: allowed }
  if (method === 'OPTIONS') return { status: 204, headers, body: null }
  return problem(405, { code: 'METHOD_NOT_ALLOWED', message: `Use ${allowed}.` }, { headers })
}
