// The browser's half of development: takes over what changed on the server, and shows what went wrong there.

import type { Hot } from './hot.ts'
import type { Inspector } from './inspector.ts'

/** What an error looks like in the page's error block, and to Vite's overlay. */
export interface ShownError {
  message: string
  stack: string
  id?: string
  frame?: string
  plugin?: string
  loc?: { file: string; line: number; column: number }
}

/** The parts that the page's development module hands over. */
export interface DevClientParts {
  hot: Hot
  /** Path the app is mounted at, with a slash at both ends. */
  base: string
  /** Vite's overlay, an element. */
  ErrorOverlay: new (
    error: ShownError,
  ) => HTMLElement
  /** Asks for the current document again and merges it if `accept` agrees; undefined where navigation is off. */
  refresh?: (accept: (next: Document) => boolean) => Promise<unknown>
  /** Loads the inspector, which few pages ever ask for. */
  loadInspector: () => Promise<typeof import('./inspector.ts')>
}

/** Name of Vite's overlay element. */
const overlayName = 'vite-error-overlay'

/** Roots that an error has left, as `adopt` marks them. */
const failedRoot = '[data-layer9-failed]'

const toShown = ({ name, message, stack = '', ...more }: Error & { code?: string }): ShownError => ({
  // Outcomes, and what the framework throws, are known by their codes.
  message: `${more.code ?? name}: ${message}`,
  stack: stack.replace(/^.*\n(?=\s+at )/, ''),
})

/** The block that the server adds to a page that failed. Ids that begin with `layer9-` are those of tables of roots. */
export const errorBlock = 'error-of-layer9'

/** What the server tells every page when a request failed. */
export interface FailedRequest {
  /** Path of the request, without the base. */
  path: string
  error: ShownError
}

/** Starts listening. Called once per full page load. */
export function startDevClient({ hot, base, ErrorOverlay, refresh, loadInspector }: DevClientParts): void {
  let overlay: HTMLElement | undefined
  const show = (error: ShownError): HTMLElement => {
    for (const shown of document.querySelectorAll(overlayName)) shown.remove()
    overlay = new ErrorOverlay(error)
    document.body.append(overlay)
    return overlay
  }
  /** Vite's own errors, of modules that the browser asked for, are Vite's to take away. */
  const hide = (): void => overlay?.remove()
  /** Under the overlay the page stays as it is, state and all, until there is something to show. */
  const accept = (next: Document): boolean => {
    const error = readError(next)
    if (error) show(error)
    else hide()
    return !error
  }
  /** A root that failed stays as it is, whatever module comes: only a page that begins anew has it again. */
  const reloadFailed = (): boolean => {
    const failed = document.querySelector(failedRoot) !== null
    if (failed) location.reload()
    return failed
  }
  followErrors(hot, base, show)
  listenForInspector(async () => (await loadInspector()).createInspector(hot, base))
  hot.on('vite:beforeUpdate', reloadFailed)
  let pending: Promise<unknown> = Promise.resolve()
  hot.on('layer9:refresh', () => {
    // Two edits in a row are two refreshes one after the other: the second one sees what both changed.
    pending = pending
      // A page that was loaded broken lacks its styles, layouts and roots: merging into it would keep that.
      .then(
        async () => reloadFailed() || (await (refresh && !readError(document) ? refresh(accept) : location.reload())),
      )
      .catch(() => location.reload())
  })
  // Other tabs show other pages, which are whole.
  hot.on('layer9:error', ({ path, error }: FailedRequest) =>
    showAt(base + path.slice(1), { show: () => show(error), hide }),
  )
  const shown = readError(document)
  if (!shown) return
  show(shown)
  // What mends the page may have been saved while it was loading, when nobody listened yet.
  hot.on('vite:ws:connect', async () => {
    if ((await fetch(location.href, { method: 'HEAD' })).ok) location.reload()
  })
}

/** Alt+Shift+L turns the inspector on and off. */
function listenForInspector(create: () => Promise<Inspector>): void {
  let inspector: Promise<Inspector> | undefined
  addEventListener('keydown', (event) => {
    const { altKey, shiftKey, ctrlKey, metaKey, code, key, repeat } = event
    // On a Mac the letter is another one with Alt, so the key's place counts; on other layouts the letter does.
    const isAsked = altKey && shiftKey && !ctrlKey && !metaKey && (code === 'KeyL' || key.toLowerCase() === 'l')
    if (!isAsked || repeat) return
    event.preventDefault()
    inspector ??= create()
    void inspector.then((made) => made.toggle())
  })
}

/**
 * Shows what the app's own code throws in the browser: at once as the browser tells it, then in terms of the sources,
 * which the server knows.
 */
function followErrors(hot: Hot, base: string, show: (error: ShownError) => HTMLElement): void {
  const own = `${base}app/`
  let overlay: HTMLElement | undefined
  const tell = (error: unknown): void => {
    if (!(error instanceof Error)) return
    // An outcome that nobody took is of a call whose stack may have ended before it came.
    const isOurs = `${error.message}${error.stack}`.includes(own) || error.name === 'Outcome'
    // What follows from an error that is shown already, as that its module cannot be had, would only hide it.
    const follows = !isOurs || /dynamically imported module/.test(error.message)
    if (follows && (document.querySelector(overlayName) || !document.querySelector(failedRoot))) return
    const shown = toShown(error)
    overlay = show(shown)
    hot.send('layer9:trace', shown)
  }
  // Told before the root is marked, or after: what is looked at is the page behind both.
  addEventListener('error', ({ error }) => setTimeout(() => tell(error)))
  addEventListener('unhandledrejection', ({ reason }) => tell(reason))
  // Closed meanwhile, or given way to another, it stays so.
  hot.on('layer9:traced', (error: ShownError) => {
    if (overlay?.isConnected) overlay = show(error)
  })
}

/**
 * Shows an error on the page of a path: at once, or when a link that was followed leads there, which is told of before the
 * address changes. It goes with that page.
 */
function showAt(path: string, { show, hide }: { show: () => void; hide: () => void }): void {
  let looks = 40
  let isShown = false
  const look = (): void => {
    const isHere = location.pathname === path
    if (isHere && !isShown) show()
    if (isShown && !isHere) hide()
    if (isShown ? isHere : --looks > 0) setTimeout(look, 50)
    isShown ||= isHere
  }
  look()
}

function readError(page: Document): ShownError | undefined {
  const block = page.getElementById(errorBlock)
  // Written by the development server itself, by `errorMarkup`.
  return block ? (JSON.parse(block.textContent) as ShownError) : undefined
}
