// A page that has a loader and does not say so in its props: TypeScript would only say that `data` may be undefined.
import type { ESTree } from 'vite'
import { readExports } from '../1-contracts/build.ts'
import type { Layer9Error } from '../1-contracts/index.ts'
import { placeOf } from '../1-contracts/server.ts'
import { errors } from './errors.ts'

/** The types of props that take a loader. */
const propsTypes = /^(?:PageProps|LayoutProps)$/

/**
 * Looks whether the props of a page or layout name the loader that stands beside it.
 *
 * @param file relative to app/routes
 * @returns ROUTE_LOADER_TYPE_MISSING, or nothing
 */
export function checkLoaderType(file: string, source: string): Layer9Error[] {
  if (!/\.[cm]?tsx?$/.test(file) || !/\bloader\b/.test(source)) return []
  const list = readExports(source, file)?.list ?? []
  const component = list.find(({ name }) => name === 'default')?.value
  if (!list.some(({ name }) => name === 'loader') || !isFunction(component)) return []
  const [props] = component.params
  if (props === undefined || !isIncomplete(props)) return []
  const type = /(?:^|\/)layout\.\w+$/.test(file) ? 'LayoutProps' : 'PageProps'
  const place = placeOf({ file: `app/routes/${file}`, code: source }, props)
  return [errors.ROUTE_LOADER_TYPE_MISSING({ file, type }, { places: [place] })]
}

type Component = ESTree.Function | ESTree.ArrowFunctionExpression

function isFunction(node: ESTree.Node | undefined): node is Component {
  return node !== undefined && /Function/.test(node.type)
}

/** Props that would know their data, had they a type or its argument: those with another type are the author's word. */
function isIncomplete(props: Component['params'][number]): boolean {
  if (props.type === 'ObjectPattern' && !props.properties.some(isData)) return false
  const type = 'typeAnnotation' in props ? props.typeAnnotation?.typeAnnotation : undefined
  if (!type) return true
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return propsTypes.test(type.typeName.name) && type.typeArguments?.params[0]?.type !== 'TSTypeQuery'
}

function isData(property: ESTree.Node): boolean {
  if (property.type === 'RestElement') return true
  return property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'data'
}
