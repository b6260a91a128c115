// Random documents as the server could write them: everything that a merge has to tell apart.
import { createRandom, type Random } from '../../tests/harness/random.ts'

/** What stands around the place that is written. */
interface Place {
  readonly depth: number
  readonly inForm: boolean
}

const words = ['alpha', 'beta', 'gamma', '&amp; &lt;']

/**
 * Writes one document. Ids, segments and groups of radio buttons are unique in it, keys among their siblings. Of one seed
 * it is always the same, but for what `variation` makes different: here an attribute, there an item or their order.
 */
export class RandomDocument {
  #random: Random
  readonly #variation: Random | undefined
  readonly #used: Set<string> = new Set()
  readonly #roots: object[] = []
  #slots = 0

  constructor(seed: number, variation?: Random) {
    this.#random = createRandom(seed)
    this.#variation = variation
  }

  write(): string {
    const { pick } = this.#random
    const metas = this.#some(3, () => this.#unique('t-', (name) => `<meta name="${name}" content="${pick(words)}">`))
    const links = this.#some(2, () => this.#unique('l-', (name) => `<link rel="alternate" href="#${name}">`))
    const html = `<html lang="${pick(['en', 'de'])}"${this.#attributes()}>`
    const page = this.#flow({ depth: 3, inForm: false })
    const table = JSON.stringify({ build: 'b', modules: ['live'], roots: this.#roots })
    const block = `<script type="application/json" id="layer9" data-starter="s" data-tagged="tagged">${table}</script>`
    return `<!doctype html>${html}<head><title>${pick(words)}</title>${metas}${links}</head><body${this.#attributes()}><!--{/-->${page}<!--}-->${block}</body></html>`
  }

  #some(limit: number, write: () => string): string {
    const length = this.#vary(() => this.#random.below(limit + 1))
    const items = Array.from({ length }, () => this.#vary(write))
    const turns = this.#vary(() => (this.#random.fraction() < 0.9 ? 0 : this.#random.below(limit)))
    for (let turn = 0; turn < turns; turn++) items.push(items.shift() ?? '')
    return items.join('')
  }

  /** Runs one decision with a source of its own, so that another outcome here changes nothing elsewhere. */
  #vary<Result>(decide: () => Result): Result {
    const outer = this.#random
    const seed = outer.below(2 ** 31)
    const isOther = this.#variation !== undefined && this.#variation.fraction() < 0.08
    this.#random = createRandom(isOther ? this.#variation.below(2 ** 31) : seed)
    const result = decide()
    this.#random = outer
    return result
  }

  #unique(prefix: string, write: (name: string) => string): string {
    const name = prefix + this.#random.pick(['a', 'b', 'c', 'd'])
    if (this.#used.has(name)) return ''
    this.#used.add(name)
    return write(name)
  }

  #attributes(): string {
    return this.#vary(() => this.#someAttributes())
  }

  #someAttributes(): string {
    const { pick, fraction } = this.#random
    const attributes = [
      ' class="x"',
      ' class="y"',
      ' title="&quot;"',
      ' style="top: 1px"',
      ' data-n="1"',
      ' aria-label="l"',
      ' @a="1"',
    ]
    return attributes
      .filter((name) => fraction() < 0.12 && (name !== ' class="y"' || pick([true, false])))
      .join('')
      .replace(' class="x" class="y"', ' class="y"')
  }

  /** Attributes of an element in a list: a key, an id, or what comes. */
  #named(keys?: Set<string>): string {
    const { pick, fraction } = this.#random
    let names = this.#attributes()
    if (fraction() < 0.2) names += this.#unique('', (id) => ` id="${id}"`)
    const key = pick(['1', '2', '3', '4', '5'])
    if (keys && !keys.has(key) && fraction() < 0.8) names += ` data-layer9-key="${key}"`
    keys?.add(key)
    return names
  }

  #flow(place: Place): string {
    const inner = { ...place, depth: place.depth - 1 }
    const kinds = place.depth > 0 ? this.#kinds(inner) : [() => this.#text()]
    return this.#some(4, () => this.#random.pick(kinds)())
  }

  #text(): string {
    const { pick } = this.#random
    return pick([
      pick(words),
      ' ',
      `<!--${pick(words)}-->`,
      `<b>${pick(words)}</b>`,
      `<p${this.#named()}>${pick(words)}</p>`,
    ])
  }

  #kinds(inner: Place): (() => string)[] {
    // The source of the item that is written then.
    const pick = <Item>(items: readonly Item[]): Item => this.#random.pick(items)
    const element = (): string => {
      const tag = pick(['div', 'section', 'x-el', 'article'])
      return `<${tag}${this.#named()}>${this.#flow(inner)}</${tag}>`
    }
    const form = (): string =>
      inner.inForm ? '' : `<form${this.#named()}>${this.#flow({ ...inner, inForm: true })}</form>`
    return [
      () => this.#text(),
      () => this.#text(),
      element,
      element,
      form,
      () => this.#list('ul', (names) => `<li${names}>${this.#flow(inner)}</li>`),
      () => this.#list('table', (names) => `<tr${names}><td>${this.#flow(inner)}</td></tr>`),
      () =>
        this.#list(
          'svg',
          (names) =>
            `<g${names}><circle r="${pick(['1', '2'])}"></circle><use xlink:href="#${pick(['i', 'j'])}"></use></g>`,
        ),
      () => this.#unique('/', (name) => `<!--{${name}?id=${pick(['1', '2'])}-->${this.#flow(inner)}<!--}-->`),
      () => `<!--{=${pick(['1', '2', '3'])}-->${this.#flow(inner)}<!--}-->`,
      () => this.#control(),
      () => this.#control(),
      () => `<details${this.#named()}><summary>${pick(words)}</summary>${this.#flow(inner)}</details>`,
      () => `<dialog${this.#named()}>${this.#flow(inner)}</dialog>`,
      () => `<template>${pick(words)}</template><script type="application/json">${pick(['1', '2'])}</script>`,
      () =>
        this.#unique(
          'kept-',
          (name) => `<div data-layer9-keep id="${name}" class="${pick(['x', 'y'])}">${pick(words)}</div>`,
        ),
      () => this.#counter(),
      () => this.#frame(inner),
    ]
  }

  #list(tag: string, write: (names: string) => string): string {
    const keys = new Set<string>()
    const items = this.#some(5, () => write(this.#named(keys)))
    return `<${tag}${this.#named()}>${tag === 'table' ? `<tbody>${items}</tbody>` : items}</${tag}>`
  }

  #control(): string {
    const { pick } = this.#random
    const name = pick([' name="a"', ' name="b"', ''])
    const chosen = this.#vary(() => this.#random.pick(['1', '2', '3']))
    const word = (): string => this.#vary(() => this.#random.pick(words))
    const mark = (value: string, how: string): string => (value === chosen ? ` ${how}` : '')
    const lists = [
      ['1', '2', '3'],
      ['3', '1'],
      ['0', '1', '2', '3'],
    ]
    const values = this.#vary(() => this.#random.pick(lists))
    const options = values.map((value) => `<option${mark(value, 'selected')}>${value}</option>`).join('')
    return pick([
      () => `<input${name}${this.#named()} value="${word()}">`,
      () => `<input${name} type="${pick(['range', 'email', 'search'])}" value="${chosen}">`,
      () => `<textarea${name}${this.#named()}>${word()}</textarea>`,
      () =>
        `<label>${word()}<input${name} type="checkbox"${this.#vary(() => this.#random.pick(['', ' checked']))}></label>`,
      () => `<select${name}${this.#named()}>${options}</select>`,
      () => `<select${name} multiple>${options}</select>`,
      () =>
        this.#unique('radio-', (group) =>
          values
            .map(
              (value) =>
                `<label>${value}<input type="radio" name="${group}" value="${value}"${mark(value, 'checked')}></label>`,
            )
            .join(''),
        ),
      () => `<button type="button"${this.#named()}>${word()}</button>`,
    ])()
  }

  /** A root's comments around what it shows. Its number is taken first: roots inside come later in the table. */
  #root(root: object, show: () => string): string {
    const key = this.#random.pick([undefined, undefined, 'k', 'l'])
    const number = this.#roots.push({ module: 0, ...root, ...(key && { key }) }) - 1
    return `<!--[${number}-->${show()}<!--]${number}-->`
  }

  #counter(): string {
    const label = this.#vary(() => this.#random.pick(['one', 'two']))
    return this.#root({ name: 'Counter', props: { label } }, () => `<button type="button">${label} 0</button>`)
  }

  #frame(inner: Place): string {
    const title = this.#vary(() => this.#random.pick(['one', 'two']))
    const slot = this.#slots++
    const props = { title, children: { $slot: slot } }
    const show = (): string => `<section><h2>${title}</h2><!--(${slot}-->${this.#flow(inner)}<!--)${slot}--></section>`
    return this.#root({ name: 'Frame', props }, show)
  }
}
