// What kind of content an element has (HTML §13.1.2). Tables of constants, for JSX that no compiler saw.

const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Whether an element has no content and no end tag. */
export function isVoid(tag: string): boolean {
  return voids.has(tag)
}

/** Whether an element holds text that is not escaped. */
export function hasRawContent(tag: string): boolean {
  return tag === 'script' || tag === 'style'
}

/** Whether an element holds text alone. */
export function hasTextContent(tag: string): boolean {
  return hasRawContent(tag) || tag === 'textarea' || tag === 'title' || tag === 'option'
}

/** Whether a text may stand behind `<`: names that come from data must not end the tag. */
export function isElementName(tag: string): boolean {
  return /^[a-z][^\s"'<>/=]*$/i.test(tag)
}

const svgNames = new Set(
  `animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern
polygon polyline radialGradient rect set stop switch symbol text textPath tspan use view`.split(/\s+/),
)

const mathNames = new Set(
  `annotation annotation-xml maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
semantics`.split(/\s+/),
)

/** Where an element alone belongs: 0 HTML, 1 SVG, 2 MathML. `a`, `script`, `style` and `title` are taken for HTML. */
export function spaceOf(tag: string): 0 | 1 | 2 {
  if (svgNames.has(tag)) return 1
  return mathNames.has(tag) ? 2 : 0
}
