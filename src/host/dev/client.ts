// The browser's half of development: takes over what changed on the server, and shows what went wrong there.

/** What of Vite's `import.meta.hot` is used here. */
interface Hot {
  on(event: string, listener: (data: never) => void): void
}

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
  /** Vite's overlay, an element. */
  ErrorOverlay: new (
    error: ShownError,
  ) => HTMLElement
  /** Asks for the current document again and merges it; undefined where navigation is off. */
  refresh?: () => Promise<unknown>
}

/** Name of Vite's overlay element. */
const overlayName = 'vite-error-overlay'

/** The block that the server adds to a page that failed. */
export const errorBlock = 'layer9-error'

/** Starts listening. Called once per full page load. */
export function startDevClient({ hot, ErrorOverlay, refresh }: DevClientParts): void {
  const show = (): void => {
    const error = readError()
    if (error) document.body.append(new ErrorOverlay(error))
  }
  let pending = Promise.resolve()
  hot.on('layer9:refresh', () => {
    // Two edits in a row are two refreshes one after the other: the second one sees what both changed.
    pending = pending.then(async () => {
      if (!refresh || isBroken()) return location.reload()
      await refresh()
      show()
    })
    pending = pending.catch(() => location.reload())
  })
  show()
}

/** A page that failed may lack its styles, its layouts and its roots: merging into it would keep what is broken. */
const isBroken = (): boolean =>
  document.querySelector(overlayName) !== null || document.getElementById(errorBlock) !== null

function readError(): ShownError | undefined {
  const block = document.getElementById(errorBlock)
  // Written by the development server itself, by `errorMarkup`.
  return block ? (JSON.parse(block.textContent) as ShownError) : undefined
}
