// Which compression a client takes (RFC 9110 §12.5.3).

/** The encodings that we write. */
export type Encoding = 'br' | 'gzip'

const cache = new Map<string, Encoding | undefined>()

/**
 * The best of the encodings that a client accepts: by its q-values, `br` before `gzip` where they are equal.
 *
 * @example
 * chooseEncoding('gzip;q=1.0, br;q=0.5')   // 'gzip'
 */
export function chooseEncoding(header: string | string[] | undefined): Encoding | undefined {
  if (typeof header !== 'string' || header.length > 500) return undefined
  if (cache.has(header)) return cache.get(header)
  const chosen = choose(header)
  // Browsers send one of a handful; whoever sends thousands of different ones only costs the cache.
  if (cache.size >= 100) cache.clear()
  cache.set(header, chosen)
  return chosen
}

function choose(header: string): Encoding | undefined {
  const weights = new Map<string, number>()
  for (const item of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(name === 'x-gzip' ? 'gzip' : name, q === undefined ? 1 : Number(q.slice(2)) || 0)
  }
  const weigh = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0
  // An explicit preference for no compression counts too.
  const best = Math.max(weigh('br'), weigh('gzip'))
  if (best <= 0 || best < (weights.get('identity') ?? 0)) return undefined
  return weigh('br') >= weigh('gzip') ? 'br' : 'gzip'
}
