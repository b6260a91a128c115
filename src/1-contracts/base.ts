// The path that an app is mounted at (`base` of its configuration): `''`, or one like `/shop`.

let mounted: string | undefined

/** Says where the app is mounted: `/`, or a path like `/shop/`. The server knows; a browser reads it of its document. */
export function provideBase(base: string): void {
  mounted = base.replace(/\/$/, '')
}

/** The path in front of every URL of the app: `''`, or one like `/shop`. */
export function appBase(): string {
  // The one element by which a document tells the browser of itself (ARCHITECTURE.md, Contract 4).
  mounted ??=
    (typeof document !== 'undefined' &&
      document.querySelector<HTMLMetaElement>('meta[name=layer9]')?.dataset['base']) ||
    ''
  return mounted
}

/**
 * A path of the app as browsers see it: with the base in front, unless it stands there already, as in what `href` wrote.
 * The home page of an app at `/shop/` is `/shop`: no canonical path but `/` ends with a slash.
 *
 * @param base `/`, or a path like `/shop/`
 * @example
 * underBase('/cart', '/shop/')        // '/shop/cart'
 * underBase('/shop/cart', '/shop/')   // '/shop/cart' (it stands there already)
 */
export function underBase(path: string, base: string): string {
  const front = base.replace(/\/$/, '')
  if (front === '') return path
  if (path.startsWith(front) && /^($|[/?#])/.test(path.slice(front.length))) return path
  return front + path.replace(/^\/(?=$|[?#])/, '')
}
