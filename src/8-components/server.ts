// layer9/components/server: what the compiler writes for the server, and the renderer of documents.
export { type PostedForm, PostedFormContext, refusedForms } from './form.ts'
export { component, slotNumber } from './html/component.ts'
export { key } from './html/key.ts'
export type { DeferredEntry, LinkMarker, RendererOptions, RootEntry, SentContext } from './html/place.ts'
export { createRenderer, type Renderer, renderToString, segment } from './html/render.ts'
export {
  attribute,
  block,
  child,
  classes,
  fragment,
  html,
  inDocument,
  link,
  on,
  property,
  rawText,
  ready,
  ref,
  selectValue,
  spread,
  styles,
  text,
  written,
} from './html/write.ts'
export { settleLazy } from './lazy.ts'
export { at, type ComponentName, isLive, live, name, nameOf, type RootStart, type Wanted } from './mark.ts'
