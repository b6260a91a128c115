// What HTML, SVG and MathML say about their elements (HTML Standard §13.1.2, §13.2.6; SVG 2; MathML Core), as far as a
// compiler has to know it.

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Elements without content and end tag (HTML §13.1.2). */
export const voidTags: ReadonlySet<string> = words(
  'area base br col embed hr img input link meta param source track wbr',
)

/** Elements whose content is text alone, with the way it is written: escaped, or raw. */
export const textTags: ReadonlyMap<string, 'escaped' | 'raw'> = new Map([
  ['textarea', 'escaped'],
  ['title', 'escaped'],
  ['option', 'escaped'],
  ['script', 'raw'],
  ['style', 'raw'],
])

/** Elements whose content a browser with scripts never shows as nodes of the page. */
export const inertTags: ReadonlySet<string> = words('template noscript')

/** What only exists in SVG: a template with such a root is parsed inside `<svg>`. Tags that HTML has too are HTML. */
export const svgTags: ReadonlySet<string> = words(
  'animate animateMotion animateTransform circle clipPath cursor defs desc discard ellipse feBlend feColorMatrix ' +
    'feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset ' +
    'fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g hatch hatchpath image line ' +
    'linearGradient marker mask mesh meshgradient meshpatch meshrow metadata mpath path pattern polygon polyline ' +
    'radialGradient rect set solidcolor stop switch symbol text textPath tspan unknown use view',
)

/** What only exists in MathML. */
export const mathTags: ReadonlySet<string> = words(
  'annotation annotation-xml maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ' +
    'ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics',
)

/** Elements of SVG and MathML whose content is HTML again. */
export const htmlIslands: ReadonlySet<string> = words('foreignObject desc title annotation-xml')

/** A JavaScript string in single quotes. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  // The two separators were line breaks inside strings before ECMAScript 2019: escaped for tools that still count them.
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}
