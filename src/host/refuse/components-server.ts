// What `layer9/components/server` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/components/server')

export {
  refused as PostedFormContext,
  refused as at,
  refused as attribute,
  refused as block,
  refused as child,
  refused as classes,
  refused as component,
  refused as createRenderer,
  refused as fragment,
  refused as html,
  refused as inDocument,
  refused as isLive,
  refused as key,
  refused as link,
  refused as live,
  refused as name,
  refused as nameOf,
  refused as on,
  refused as property,
  refused as rawText,
  refused as ready,
  refused as ref,
  refused as renderToString,
  refused as segment,
  refused as selectValue,
  refused as settleLazy,
  refused as refusedForms,
  refused as slotNumber,
  refused as spread,
  refused as styles,
  refused as text,
  refused as written,
}
