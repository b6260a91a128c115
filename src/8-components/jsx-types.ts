// Types of JSX: the elements of HTML, SVG and MathML with their attributes. A table, hence its length.
// Names and values follow the HTML Living Standard (§3 and the chapters of each element) and SVG 2.

import type { ReadonlySignal } from '../7-state/index.ts'
import type { AnyComponent, Child, Element as JsxElement, Key, Ref } from './element.ts'
import type { ClassValue, StyleValue } from './value.ts'

/** An attribute's value: nothing takes it away; a signal updates it alone. */
export type Attribute<Value> = Value | null | undefined | ReadonlySignal<Value | null | undefined>

type Text = Attribute<string>
type Amount = Attribute<number | string>
type Flag = Attribute<boolean>
type YesNo = Attribute<boolean | 'true' | 'false'>
type Word<Values extends string> = Attribute<Values | (string & {})>

/** An event whose `currentTarget` is the element that has the handler. */
export type TargetedEvent<Target, Kind extends Event = Event> = Kind & { readonly currentTarget: Target }

/** A handler of an element's event. What it returns is not looked at. */
export type Handler<Target, Kind extends Event = Event> =
  | { bivarianceHack(event: TargetedEvent<Target, Kind>): void }['bivarianceHack']
  | null
  | undefined

/** Which event a handler gets, by the name behind `on`. `onDblClick` is the native `dblclick`, `onChange` the native `change`. */
export interface EventKinds {
  Abort: Event
  BeforeMatch: Event
  Cancel: Event
  CanPlay: Event
  CanPlayThrough: Event
  Change: Event
  Close: Event
  ContextLost: Event
  ContextRestored: Event
  CueChange: Event
  DurationChange: Event
  Emptied: Event
  Ended: Event
  Error: Event
  Invalid: Event
  Load: Event
  LoadedData: Event
  LoadedMetadata: Event
  LoadStart: Event
  Pause: Event
  Play: Event
  Playing: Event
  Progress: Event
  RateChange: Event
  Reset: Event
  Resize: Event
  Scroll: Event
  ScrollEnd: Event
  SecurityPolicyViolation: Event
  Seeked: Event
  Seeking: Event
  Select: Event
  SelectionChange: Event
  SelectStart: Event
  SlotChange: Event
  Stalled: Event
  Suspend: Event
  TimeUpdate: Event
  VolumeChange: Event
  Waiting: Event
  FullscreenChange: Event
  FullscreenError: Event
  Input: InputEvent
  BeforeInput: InputEvent
  Focus: FocusEvent
  Blur: FocusEvent
  FocusIn: FocusEvent
  FocusOut: FocusEvent
  KeyDown: KeyboardEvent
  KeyUp: KeyboardEvent
  KeyPress: KeyboardEvent
  MouseDown: MouseEvent
  MouseUp: MouseEvent
  MouseMove: MouseEvent
  MouseEnter: MouseEvent
  MouseLeave: MouseEvent
  MouseOver: MouseEvent
  MouseOut: MouseEvent
  DblClick: MouseEvent
  Click: PointerEvent
  AuxClick: PointerEvent
  ContextMenu: PointerEvent
  PointerDown: PointerEvent
  PointerUp: PointerEvent
  PointerMove: PointerEvent
  PointerEnter: PointerEvent
  PointerLeave: PointerEvent
  PointerOver: PointerEvent
  PointerOut: PointerEvent
  PointerCancel: PointerEvent
  GotPointerCapture: PointerEvent
  LostPointerCapture: PointerEvent
  Drag: DragEvent
  DragStart: DragEvent
  DragEnd: DragEvent
  DragEnter: DragEvent
  DragLeave: DragEvent
  DragOver: DragEvent
  Drop: DragEvent
  Wheel: WheelEvent
  TouchStart: TouchEvent
  TouchEnd: TouchEvent
  TouchMove: TouchEvent
  TouchCancel: TouchEvent
  Copy: ClipboardEvent
  Cut: ClipboardEvent
  Paste: ClipboardEvent
  CompositionStart: CompositionEvent
  CompositionUpdate: CompositionEvent
  CompositionEnd: CompositionEvent
  AnimationStart: AnimationEvent
  AnimationEnd: AnimationEvent
  AnimationIteration: AnimationEvent
  AnimationCancel: AnimationEvent
  TransitionStart: TransitionEvent
  TransitionEnd: TransitionEvent
  TransitionRun: TransitionEvent
  TransitionCancel: TransitionEvent
  Submit: SubmitEvent
  FormData: FormDataEvent
  Toggle: ToggleEvent
  BeforeToggle: ToggleEvent
}

/** The handlers of an element, with and without the capture phase. */
export type Handlers<Target> = {
  [Name in keyof EventKinds as `on${Name}`]?: Handler<Target, EventKinds[Name]>
} & {
  [Name in keyof EventKinds as `on${Name}Capture`]?: Handler<Target, EventKinds[Name]>
}

/** What every element takes. */
export interface CommonAttributes<Target> {
  key?: Key | null | undefined
  ref?: Ref<Target>
  children?: Child
  /** Trusted markup as the element's content. Never put data of strangers here. */
  innerHTML?: Attribute<string>
  class?: ClassValue | ReadonlySignal<ClassValue>
  className?: ClassValue | ReadonlySignal<ClassValue>
  style?: StyleValue | ReadonlySignal<StyleValue>
  id?: Text
  slot?: Text
  part?: Text
  title?: Text
  lang?: Text
  dir?: Word<'ltr' | 'rtl' | 'auto'>
  role?: Text
  tabindex?: Amount
  tabIndex?: Amount
  hidden?: Attribute<boolean | 'until-found' | ''>
  inert?: Flag
  nonce?: Text
  accesskey?: Text
  autofocus?: Flag
  contenteditable?: YesNo | 'plaintext-only'
  contentEditable?: YesNo | 'plaintext-only'
  draggable?: YesNo
  spellcheck?: YesNo
  translate?: Word<'yes' | 'no'>
  enterkeyhint?: Word<'enter' | 'done' | 'go' | 'next' | 'previous' | 'search' | 'send'>
  inputmode?: Word<'none' | 'text' | 'decimal' | 'numeric' | 'tel' | 'search' | 'email' | 'url'>
  inputMode?: Word<'none' | 'text' | 'decimal' | 'numeric' | 'tel' | 'search' | 'email' | 'url'>
  is?: Text
  itemid?: Text
  itemprop?: Text
  itemref?: Text
  itemscope?: Flag
  itemtype?: Text
  popover?: Attribute<boolean | 'auto' | 'manual' | 'hint' | ''>
  autocapitalize?: Word<'off' | 'none' | 'on' | 'sentences' | 'words' | 'characters'>
  [data: `data-${string}`]: unknown
  [aria: `aria-${string}`]: Attribute<string | number | boolean>
}

type Policy = Word<
  'no-referrer' | 'origin' | 'same-origin' | 'strict-origin' | 'strict-origin-when-cross-origin' | 'unsafe-url'
>
type Cross = Word<'anonymous' | 'use-credentials' | ''>
type Loading = Word<'eager' | 'lazy'>
type Priority = Word<'high' | 'low' | 'auto'>
type Control = Attribute<string | number | readonly string[]>

interface LinkAttributes {
  href?: Text
  target?: Word<'_self' | '_blank' | '_parent' | '_top'>
  download?: Attribute<string | boolean>
  rel?: Text
  hreflang?: Text
  type?: Text
  ping?: Text
  referrerpolicy?: Policy
  referrerPolicy?: Policy
}

interface MediaAttributes {
  src?: Text
  autoplay?: Flag
  controls?: Flag
  controlslist?: Text
  crossorigin?: Cross
  crossOrigin?: Cross
  loop?: Flag
  muted?: Flag
  preload?: Word<'none' | 'metadata' | 'auto'>
}

interface SubmittingAttributes {
  formaction?: Text
  formenctype?: Text
  formmethod?: Text
  formnovalidate?: Flag
  formtarget?: Text
}

interface CellAttributes {
  colspan?: Amount
  rowspan?: Amount
  colSpan?: Amount
  rowSpan?: Amount
  headers?: Text
  scope?: Word<'row' | 'col' | 'rowgroup' | 'colgroup'>
  abbr?: Text
}

interface SizeAttributes {
  width?: Amount
  height?: Amount
}

/** An element of an interface, with attributes of its own. */
type Html<Target, Own = object> = CommonAttributes<Target> & Handlers<Target> & Own

/** The elements of HTML. */
export interface HtmlElements {
  a: Html<HTMLAnchorElement, LinkAttributes>
  abbr: Html<HTMLElement>
  address: Html<HTMLElement>
  area: Html<
    HTMLAreaElement,
    LinkAttributes & { alt?: Text; coords?: Text; shape?: Word<'rect' | 'circle' | 'poly' | 'default'> }
  >
  article: Html<HTMLElement>
  aside: Html<HTMLElement>
  audio: Html<HTMLAudioElement, MediaAttributes>
  b: Html<HTMLElement>
  base: Html<HTMLBaseElement, { href?: Text; target?: Text }>
  bdi: Html<HTMLElement>
  bdo: Html<HTMLElement>
  blockquote: Html<HTMLQuoteElement, { cite?: Text }>
  body: Html<HTMLBodyElement>
  br: Html<HTMLBRElement>
  button: Html<
    HTMLButtonElement,
    SubmittingAttributes & {
      type?: Word<'submit' | 'button' | 'reset'>
      name?: Text
      value?: Control
      disabled?: Flag
      form?: Text
      popovertarget?: Text
      popovertargetaction?: Word<'show' | 'hide' | 'toggle'>
      command?: Text
      commandfor?: Text
    }
  >
  canvas: Html<HTMLCanvasElement, SizeAttributes>
  caption: Html<HTMLTableCaptionElement>
  cite: Html<HTMLElement>
  code: Html<HTMLElement>
  col: Html<HTMLTableColElement, { span?: Amount }>
  colgroup: Html<HTMLTableColElement, { span?: Amount }>
  data: Html<HTMLDataElement, { value?: Attribute<string | number> }>
  datalist: Html<HTMLDataListElement>
  dd: Html<HTMLElement>
  del: Html<HTMLModElement, { cite?: Text; datetime?: Text; dateTime?: Text }>
  details: Html<HTMLDetailsElement, { open?: Flag; name?: Text }>
  dfn: Html<HTMLElement>
  dialog: Html<HTMLDialogElement, { open?: Flag; closedby?: Text }>
  div: Html<HTMLDivElement>
  dl: Html<HTMLDListElement>
  dt: Html<HTMLElement>
  em: Html<HTMLElement>
  embed: Html<HTMLEmbedElement, SizeAttributes & { src?: Text; type?: Text }>
  fieldset: Html<HTMLFieldSetElement, { disabled?: Flag; form?: Text; name?: Text }>
  figcaption: Html<HTMLElement>
  figure: Html<HTMLElement>
  footer: Html<HTMLElement>
  form: Html<
    HTMLFormElement,
    {
      action?: Text
      method?: Word<'get' | 'post' | 'dialog'>
      enctype?: Text
      encType?: Text
      target?: Text
      autocomplete?: Text
      autoComplete?: Text
      novalidate?: Flag
      noValidate?: Flag
      name?: Text
      rel?: Text
      'accept-charset'?: Text
    }
  >
  h1: Html<HTMLHeadingElement>
  h2: Html<HTMLHeadingElement>
  h3: Html<HTMLHeadingElement>
  h4: Html<HTMLHeadingElement>
  h5: Html<HTMLHeadingElement>
  h6: Html<HTMLHeadingElement>
  head: Html<HTMLHeadElement>
  header: Html<HTMLElement>
  hgroup: Html<HTMLElement>
  hr: Html<HTMLHRElement>
  html: Html<HTMLHtmlElement, { xmlns?: Text }>
  i: Html<HTMLElement>
  iframe: Html<
    HTMLIFrameElement,
    SizeAttributes & {
      src?: Text
      srcdoc?: Text
      name?: Text
      allow?: Text
      allowfullscreen?: Flag
      allowFullScreen?: Flag
      sandbox?: Text
      loading?: Loading
      referrerpolicy?: Policy
      referrerPolicy?: Policy
    }
  >
  img: Html<
    HTMLImageElement,
    SizeAttributes & {
      src?: Text
      alt?: Text
      srcset?: Text
      srcSet?: Text
      sizes?: Text
      crossorigin?: Cross
      crossOrigin?: Cross
      decoding?: Word<'sync' | 'async' | 'auto'>
      loading?: Loading
      fetchpriority?: Priority
      fetchPriority?: Priority
      referrerpolicy?: Policy
      ismap?: Flag
      usemap?: Text
    }
  >
  input: Html<
    HTMLInputElement,
    SizeAttributes &
      SubmittingAttributes & {
        type?: Word<
          | 'button'
          | 'checkbox'
          | 'color'
          | 'date'
          | 'datetime-local'
          | 'email'
          | 'file'
          | 'hidden'
          | 'image'
          | 'month'
          | 'number'
          | 'password'
          | 'radio'
          | 'range'
          | 'reset'
          | 'search'
          | 'submit'
          | 'tel'
          | 'text'
          | 'time'
          | 'url'
          | 'week'
        >
        name?: Text
        value?: Control
        defaultValue?: Attribute<string | number>
        checked?: Flag
        defaultChecked?: Flag
        indeterminate?: Flag
        disabled?: Flag
        readonly?: Flag
        readOnly?: Flag
        required?: Flag
        multiple?: Flag
        placeholder?: Text
        autocomplete?: Text
        autoComplete?: Text
        accept?: Text
        alt?: Text
        capture?: Attribute<boolean | string>
        dirname?: Text
        form?: Text
        list?: Text
        max?: Amount
        min?: Amount
        step?: Amount
        maxlength?: Amount
        maxLength?: Amount
        minlength?: Amount
        minLength?: Amount
        pattern?: Text
        size?: Amount
        src?: Text
        popovertarget?: Text
      }
  >
  ins: Html<HTMLModElement, { cite?: Text; datetime?: Text; dateTime?: Text }>
  kbd: Html<HTMLElement>
  label: Html<HTMLLabelElement, { for?: Text; htmlFor?: Text }>
  legend: Html<HTMLLegendElement>
  li: Html<HTMLLIElement, { value?: Attribute<number> }>
  link: Html<
    HTMLLinkElement,
    {
      href?: Text
      rel?: Text
      as?: Text
      type?: Text
      media?: Text
      crossorigin?: Cross
      crossOrigin?: Cross
      integrity?: Text
      sizes?: Text
      imagesrcset?: Text
      imagesizes?: Text
      hreflang?: Text
      fetchpriority?: Priority
      referrerpolicy?: Policy
      disabled?: Flag
      blocking?: Text
      color?: Text
    }
  >
  main: Html<HTMLElement>
  map: Html<HTMLMapElement, { name?: Text }>
  mark: Html<HTMLElement>
  menu: Html<HTMLMenuElement>
  meta: Html<
    HTMLMetaElement,
    { name?: Text; content?: Text; charset?: Text; 'http-equiv'?: Text; property?: Text; media?: Text }
  >
  meter: Html<
    HTMLMeterElement,
    { value?: Amount; min?: Amount; max?: Amount; low?: Amount; high?: Amount; optimum?: Amount }
  >
  nav: Html<HTMLElement>
  noscript: Html<HTMLElement>
  object: Html<HTMLObjectElement, SizeAttributes & { data?: Text; type?: Text; name?: Text; form?: Text }>
  ol: Html<HTMLOListElement, { start?: Amount; reversed?: Flag; type?: Word<'1' | 'a' | 'A' | 'i' | 'I'> }>
  optgroup: Html<HTMLOptGroupElement, { label?: Text; disabled?: Flag }>
  option: Html<
    HTMLOptionElement,
    { value?: Attribute<string | number>; selected?: Flag; disabled?: Flag; label?: Text }
  >
  output: Html<HTMLOutputElement, { for?: Text; htmlFor?: Text; form?: Text; name?: Text }>
  p: Html<HTMLParagraphElement>
  picture: Html<HTMLPictureElement>
  pre: Html<HTMLPreElement>
  progress: Html<HTMLProgressElement, { value?: Amount; max?: Amount }>
  q: Html<HTMLQuoteElement, { cite?: Text }>
  rp: Html<HTMLElement>
  rt: Html<HTMLElement>
  ruby: Html<HTMLElement>
  s: Html<HTMLElement>
  samp: Html<HTMLElement>
  script: Html<
    HTMLScriptElement,
    {
      src?: Text
      type?: Text
      async?: Flag
      defer?: Flag
      crossorigin?: Cross
      crossOrigin?: Cross
      integrity?: Text
      nomodule?: Flag
      referrerpolicy?: Policy
      fetchpriority?: Priority
      blocking?: Text
    }
  >
  search: Html<HTMLElement>
  section: Html<HTMLElement>
  select: Html<
    HTMLSelectElement,
    {
      name?: Text
      value?: Control
      defaultValue?: Control
      multiple?: Flag
      disabled?: Flag
      required?: Flag
      size?: Amount
      form?: Text
      autocomplete?: Text
    }
  >
  slot: Html<HTMLSlotElement, { name?: Text }>
  small: Html<HTMLElement>
  source: Html<
    HTMLSourceElement,
    SizeAttributes & { src?: Text; srcset?: Text; srcSet?: Text; sizes?: Text; type?: Text; media?: Text }
  >
  span: Html<HTMLSpanElement>
  strong: Html<HTMLElement>
  style: Html<HTMLStyleElement, { media?: Text; blocking?: Text }>
  sub: Html<HTMLElement>
  summary: Html<HTMLElement>
  sup: Html<HTMLElement>
  table: Html<HTMLTableElement>
  tbody: Html<HTMLTableSectionElement>
  td: Html<HTMLTableCellElement, CellAttributes>
  template: Html<HTMLTemplateElement, { shadowrootmode?: Word<'open' | 'closed'>; shadowrootdelegatesfocus?: Flag }>
  textarea: Html<
    HTMLTextAreaElement,
    {
      name?: Text
      value?: Control
      defaultValue?: Attribute<string | number>
      rows?: Amount
      cols?: Amount
      placeholder?: Text
      disabled?: Flag
      readonly?: Flag
      readOnly?: Flag
      required?: Flag
      maxlength?: Amount
      maxLength?: Amount
      minlength?: Amount
      minLength?: Amount
      wrap?: Word<'hard' | 'soft'>
      form?: Text
      dirname?: Text
      autocomplete?: Text
    }
  >
  tfoot: Html<HTMLTableSectionElement>
  th: Html<HTMLTableCellElement, CellAttributes>
  thead: Html<HTMLTableSectionElement>
  time: Html<HTMLTimeElement, { datetime?: Text; dateTime?: Text }>
  title: Html<HTMLTitleElement>
  tr: Html<HTMLTableRowElement>
  track: Html<
    HTMLTrackElement,
    {
      src?: Text
      kind?: Word<'subtitles' | 'captions' | 'descriptions' | 'chapters' | 'metadata'>
      srclang?: Text
      label?: Text
      default?: Flag
    }
  >
  u: Html<HTMLElement>
  ul: Html<HTMLUListElement>
  var: Html<HTMLElement>
  video: Html<
    HTMLVideoElement,
    MediaAttributes &
      SizeAttributes & {
        poster?: Text
        playsinline?: Flag
        playsInline?: Flag
        disablepictureinpicture?: Flag
        disableremoteplayback?: Flag
      }
  >
  wbr: Html<HTMLElement>
}

/** Attributes of SVG, by their native names. */
export interface SvgAttributes {
  'alignment-baseline'?: Amount
  attributeName?: Amount
  attributeType?: Amount
  'baseline-shift'?: Amount
  begin?: Amount
  bias?: Amount
  by?: Amount
  calcMode?: Amount
  'clip-path'?: Amount
  'clip-rule'?: Amount
  clipPathUnits?: Amount
  color?: Amount
  'color-interpolation'?: Amount
  'color-interpolation-filters'?: Amount
  cursor?: Amount
  d?: Amount
  direction?: Amount
  display?: Amount
  'dominant-baseline'?: Amount
  dur?: Amount
  edgeMode?: Amount
  end?: Amount
  fill?: Amount
  'fill-rule'?: Amount
  filter?: Amount
  filterUnits?: Amount
  'flood-color'?: Amount
  'font-family'?: Amount
  'font-size'?: Amount
  'font-size-adjust'?: Amount
  'font-stretch'?: Amount
  'font-style'?: Amount
  'font-variant'?: Amount
  'font-weight'?: Amount
  from?: Amount
  gradientTransform?: Amount
  gradientUnits?: Amount
  href?: Amount
  in?: Amount
  in2?: Amount
  keyPoints?: Amount
  keySplines?: Amount
  keyTimes?: Amount
  lengthAdjust?: Amount
  'marker-end'?: Amount
  'marker-mid'?: Amount
  'marker-start'?: Amount
  markerUnits?: Amount
  mask?: Amount
  maskContentUnits?: Amount
  maskUnits?: Amount
  mode?: Amount
  operator?: Amount
  orient?: Amount
  overflow?: Amount
  'paint-order'?: Amount
  patternContentUnits?: Amount
  patternTransform?: Amount
  patternUnits?: Amount
  'pointer-events'?: Amount
  points?: Amount
  preserveAspectRatio?: Amount
  primitiveUnits?: Amount
  repeatCount?: Amount
  repeatDur?: Amount
  restart?: Amount
  result?: Amount
  rotate?: Amount
  'shape-rendering'?: Amount
  side?: Amount
  spreadMethod?: Amount
  stitchTiles?: Amount
  'stop-color'?: Amount
  stroke?: Amount
  'stroke-dasharray'?: Amount
  'stroke-linecap'?: Amount
  'stroke-linejoin'?: Amount
  systemLanguage?: Amount
  target?: Amount
  'text-anchor'?: Amount
  'text-decoration'?: Amount
  'text-rendering'?: Amount
  to?: Amount
  transform?: Amount
  'transform-origin'?: Amount
  'transform-box'?: Amount
  type?: Amount
  'unicode-bidi'?: Amount
  values?: Amount
  'vector-effect'?: Amount
  viewBox?: Amount
  visibility?: Amount
  'word-spacing'?: Amount
  'writing-mode'?: Amount
  xChannelSelector?: Amount
  xmlns?: Amount
  yChannelSelector?: Amount
  'letter-spacing'?: Amount
  kernelMatrix?: Amount
  tableValues?: Amount
  'lighting-color'?: Amount
  crossorigin?: Amount
  amplitude?: Amount
  azimuth?: Amount
  baseFrequency?: Amount
  cx?: Amount
  cy?: Amount
  diffuseConstant?: Amount
  divisor?: Amount
  dx?: Amount
  dy?: Amount
  elevation?: Amount
  exponent?: Amount
  'fill-opacity'?: Amount
  'flood-opacity'?: Amount
  fr?: Amount
  fx?: Amount
  fy?: Amount
  height?: Amount
  intercept?: Amount
  k1?: Amount
  k2?: Amount
  k3?: Amount
  k4?: Amount
  kernelUnitLength?: Amount
  limitingConeAngle?: Amount
  markerHeight?: Amount
  markerWidth?: Amount
  max?: Amount
  min?: Amount
  numOctaves?: Amount
  offset?: Amount
  opacity?: Amount
  order?: Amount
  pathLength?: Amount
  pointsAtX?: Amount
  pointsAtY?: Amount
  pointsAtZ?: Amount
  r?: Amount
  radius?: Amount
  refX?: Amount
  refY?: Amount
  rx?: Amount
  ry?: Amount
  scale?: Amount
  seed?: Amount
  slope?: Amount
  specularConstant?: Amount
  specularExponent?: Amount
  startOffset?: Amount
  stdDeviation?: Amount
  'stop-opacity'?: Amount
  'stroke-dashoffset'?: Amount
  'stroke-miterlimit'?: Amount
  'stroke-opacity'?: Amount
  'stroke-width'?: Amount
  surfaceScale?: Amount
  targetX?: Amount
  targetY?: Amount
  textLength?: Amount
  width?: Amount
  x?: Amount
  x1?: Amount
  x2?: Amount
  y?: Amount
  y1?: Amount
  y2?: Amount
  z?: Amount
}

type Svg<Target> = CommonAttributes<Target> & Handlers<Target> & SvgAttributes

/** The elements of SVG; `a`, `script`, `style` and `title` have the types of HTML. */
export interface SvgElements {
  svg: Svg<SVGSVGElement>
  animate: Svg<SVGAnimateElement>
  animateMotion: Svg<SVGAnimateMotionElement>
  animateTransform: Svg<SVGAnimateTransformElement>
  circle: Svg<SVGCircleElement>
  clipPath: Svg<SVGClipPathElement>
  defs: Svg<SVGDefsElement>
  desc: Svg<SVGDescElement>
  ellipse: Svg<SVGEllipseElement>
  feBlend: Svg<SVGFEBlendElement>
  feColorMatrix: Svg<SVGFEColorMatrixElement>
  feComponentTransfer: Svg<SVGFEComponentTransferElement>
  feComposite: Svg<SVGFECompositeElement>
  feConvolveMatrix: Svg<SVGFEConvolveMatrixElement>
  feDiffuseLighting: Svg<SVGFEDiffuseLightingElement>
  feDisplacementMap: Svg<SVGFEDisplacementMapElement>
  feDistantLight: Svg<SVGFEDistantLightElement>
  feDropShadow: Svg<SVGFEDropShadowElement>
  feFlood: Svg<SVGFEFloodElement>
  feFuncA: Svg<SVGFEFuncAElement>
  feFuncB: Svg<SVGFEFuncBElement>
  feFuncG: Svg<SVGFEFuncGElement>
  feFuncR: Svg<SVGFEFuncRElement>
  feGaussianBlur: Svg<SVGFEGaussianBlurElement>
  feImage: Svg<SVGFEImageElement>
  feMerge: Svg<SVGFEMergeElement>
  feMergeNode: Svg<SVGFEMergeNodeElement>
  feMorphology: Svg<SVGFEMorphologyElement>
  feOffset: Svg<SVGFEOffsetElement>
  fePointLight: Svg<SVGFEPointLightElement>
  feSpecularLighting: Svg<SVGFESpecularLightingElement>
  feSpotLight: Svg<SVGFESpotLightElement>
  feTile: Svg<SVGFETileElement>
  feTurbulence: Svg<SVGFETurbulenceElement>
  filter: Svg<SVGFilterElement>
  foreignObject: Svg<SVGForeignObjectElement>
  g: Svg<SVGGElement>
  image: Svg<SVGImageElement>
  line: Svg<SVGLineElement>
  linearGradient: Svg<SVGLinearGradientElement>
  marker: Svg<SVGMarkerElement>
  mask: Svg<SVGMaskElement>
  metadata: Svg<SVGMetadataElement>
  mpath: Svg<SVGMPathElement>
  path: Svg<SVGPathElement>
  pattern: Svg<SVGPatternElement>
  polygon: Svg<SVGPolygonElement>
  polyline: Svg<SVGPolylineElement>
  radialGradient: Svg<SVGRadialGradientElement>
  rect: Svg<SVGRectElement>
  set: Svg<SVGSetElement>
  stop: Svg<SVGStopElement>
  switch: Svg<SVGSwitchElement>
  symbol: Svg<SVGSymbolElement>
  text: Svg<SVGTextElement>
  textPath: Svg<SVGTextPathElement>
  tspan: Svg<SVGTSpanElement>
  use: Svg<SVGUseElement>
  view: Svg<SVGViewElement>
}

type MathAttributes = CommonAttributes<MathMLElement> & Handlers<MathMLElement> & { [attribute: string]: unknown }

/** The elements of MathML. */
export interface MathElements {
  annotation: MathAttributes
  maction: MathAttributes
  math: MathAttributes
  menclose: MathAttributes
  merror: MathAttributes
  mfenced: MathAttributes
  mfrac: MathAttributes
  mi: MathAttributes
  mmultiscripts: MathAttributes
  mn: MathAttributes
  mo: MathAttributes
  mover: MathAttributes
  mpadded: MathAttributes
  mphantom: MathAttributes
  mprescripts: MathAttributes
  mroot: MathAttributes
  mrow: MathAttributes
  ms: MathAttributes
  mspace: MathAttributes
  msqrt: MathAttributes
  mstyle: MathAttributes
  msub: MathAttributes
  msubsup: MathAttributes
  msup: MathAttributes
  mtable: MathAttributes
  mtd: MathAttributes
  mtext: MathAttributes
  mtr: MathAttributes
  munder: MathAttributes
  munderover: MathAttributes
  semantics: MathAttributes
}

/** Elements with a hyphen in their name: custom elements take anything. Augment `CustomElements` to type your own. */
export interface CustomElements {
  [tag: `${string}-${string}`]: CommonAttributes<HTMLElement> & Handlers<HTMLElement> & { [attribute: string]: unknown }
}

/** What TypeScript asks about JSX. */
export declare namespace JSX {
  type Element = JsxElement
  type ElementType = string | AnyComponent
  interface ElementChildrenAttribute {
    children: unknown
  }
  interface IntrinsicAttributes {
    key?: Key | null | undefined
  }
  interface IntrinsicElements extends HtmlElements, SvgElements, MathElements, CustomElements {}
}
