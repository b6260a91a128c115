// JSX that no compiler saw, on the server: kept as it is until it is placed. Here, apart from what writes it, so that
// `jsx-runtime` brings nothing of the server's into a browser's bundle.
import type { AnyComponent, Key } from '../element.ts'
import { ServerElement } from './element.ts'

/** Writes uncompiled elements; filled by the first renderer. */
export const uncompiled: { write?: (element: UncompiledElement) => string } = {}

/** An element as `jsx()` got it. */
export class UncompiledElement extends ServerElement {
  readonly type: string | AnyComponent
  readonly props: Readonly<Record<string, unknown>>
  readonly key: Key | undefined

  constructor(type: string | AnyComponent, props: Readonly<Record<string, unknown>>, key: Key | undefined) {
    super()
    this.key = key
    this.type = type
    this.props = props
  }
  write(): string {
    // Nothing is placed on the server without a renderer.
    return uncompiled.write!(this)
  }
}
