import { drawFrame, Layer9Error } from './catalogue.ts'

/**
 * Runs a compilation; an error of it gets its place and frame where Vite's overlay and terminal look for them.
 *
 * @throws what `compile` throws
 */
export function showingPlace<Result>(compile: () => Result): Result {
  try {
    return compile()
  } catch (error) {
    const place = error instanceof Layer9Error ? error.places[0] : undefined
    if (!place || !(error instanceof Layer9Error)) throw error
    const { file, line, column } = place
    throw Object.assign(error, {
      loc: { file, line, column },
      frame: `${drawFrame(place)}\n  Fix: ${error.fix}   More: layer9 explain ${error.code}`,
      // The calls are those of compilers, which nobody wrote an app with.
      stack: '',
    })
  }
}
